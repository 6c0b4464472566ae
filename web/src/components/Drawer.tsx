import { Drawer as MantineDrawer } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  title: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Most of its width, in pixels; all of a narrow window's. */
  width?: number;
}

/** Details beside the page, which stays usable; esc closes it. */
export function Drawer({ title, isOpen, onClose, children, width = 720 }: Props) {
  return (
    <MantineDrawer
      opened={isOpen}
      onClose={onClose}
      title={title}
      position="right"
      size={`min(${width}px, 100vw)`}
      overlayProps={{ backgroundOpacity: 0.15 }}
      transitionProps={{ duration: 120 }}
    >
      {children}
    </MantineDrawer>
  );
}

import { Drawer as MantineDrawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";

interface Props {
  title: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Most of its width, in pixels; all of a narrow window's. */
  width?: number;
}

/** From this width of the window on there is a page beside it. */
const WIDE = "(min-width: 75em)";

/** Details beside the page, which stays usable where the window is wide; esc closes it. */
export function Drawer({ title, isOpen, onClose, children, width = 720 }: Props) {
  const isBeside = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  return (
    <MantineDrawer.Root
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={`min(${width}px, 100vw)`}
      trapFocus={!isBeside}
      lockScroll={!isBeside}
      transitionProps={{ duration: 120 }}
    >
      {!isBeside && <MantineDrawer.Overlay backgroundOpacity={0.15} />}
      <MantineDrawer.Content
        ref={isBeside ? beside : undefined}
        data-allows-shortcuts={isBeside || undefined}
        style={{ outline: "none" }}
      >
        <MantineDrawer.Header>
          <MantineDrawer.Title>{title}</MantineDrawer.Title>
          <MantineDrawer.CloseButton aria-label="Close" />
        </MantineDrawer.Header>
        <MantineDrawer.Body>{children}</MantineDrawer.Body>
      </MantineDrawer.Content>
    </MantineDrawer.Root>
  );
}

/** What Mantine does not for a dialog that is not modal: focus goes in, and back from within. */
function beside(dialog: HTMLElement | null) {
  if (!dialog) return;
  const before = document.activeElement;
  dialog.setAttribute("aria-modal", "false");
  dialog.focus({ preventScroll: true });
  return () => {
    const isWithin = dialog.contains(document.activeElement);
    if (isWithin && before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
}

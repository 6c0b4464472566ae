import { Drawer as MantineDrawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";

interface Props {
  title: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Maximum width in pixels; in a narrow window it takes the full width. */
  width?: number;
}

/** From this window width on, the page stays usable next to the drawer. */
const WIDE = "(min-width: 75em)";

/** Details next to the page, modal only in a narrow window; Esc closes it. */
export function Drawer({ title, isOpen, onClose, children, width = 720 }: Props) {
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  return (
    <MantineDrawer.Root
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={`min(${width}px, 100vw)`}
      trapFocus={!isWide}
      lockScroll={!isWide}
      transitionProps={{ duration: 120 }}
    >
      {!isWide && <MantineDrawer.Overlay backgroundOpacity={0.15} />}
      <MantineDrawer.Content
        ref={isWide ? moveFocus : undefined}
        data-allows-shortcuts={isWide || undefined}
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

/** Move focus into a non-modal dialog and restore it on close, which Mantine does not do. */
function moveFocus(dialog: HTMLElement | null) {
  if (!dialog) return;
  const before = document.activeElement;
  dialog.setAttribute("aria-modal", "false");
  dialog.focus({ preventScroll: true });
  return () => {
    const isWithin = dialog.contains(document.activeElement);
    if (isWithin && before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
}

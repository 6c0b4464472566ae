import { type CSSVariablesResolver, Button, Input, Tooltip, createTheme } from "@mantine/core";

// Mantine's close button has no accessible name.
const CLOSE = { "aria-label": "Close" };

/** Compact and quiet: 13 px text, small radius, one accent colour. */
export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: 7,
  autoContrast: true,
  defaultRadius: "sm",
  cursorType: "pointer",
  fontFamily:
    'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  components: {
    Button: Button.extend({ defaultProps: { size: "xs", fw: 500 } }),
    Input: Input.extend({ defaultProps: { size: "xs" } }),
    InputWrapper: { defaultProps: { size: "xs" } },
    TextInput: { defaultProps: { size: "xs" } },
    NumberInput: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs" } },
    MultiSelect: { defaultProps: { size: "xs" } },
    TagsInput: { defaultProps: { size: "xs" } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    Modal: { defaultProps: { closeButtonProps: CLOSE, transitionProps: { duration: 80 } } },
    Drawer: { defaultProps: { closeButtonProps: CLOSE } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, multiline: true, maw: 420 } }),
  },
});

/** Colours; Mantine's dimmed text has too little contrast for WCAG AA. */
export const cssVariables: CSSVariablesResolver = (mantine) => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": mantine.colors.gray[7],
    "--mantine-color-placeholder": mantine.colors.gray[6],
    "--mantine-color-error": mantine.colors.red[8],
    "--mantine-color-body": "#ffffff",
    "--app-raised": mantine.colors.gray[0],
    "--app-hover": "rgba(0, 0, 0, 0.035)",
    "--app-border": mantine.colors.gray[3],
    "--app-good": mantine.colors.green[9],
    "--app-bad": mantine.colors.red[8],
    "--app-warn": "#8a5a00",
  },
  dark: {
    // White text on the default dark shade has too little contrast.
    "--mantine-color-indigo-filled": mantine.colors.indigo[7],
    "--mantine-color-indigo-filled-hover": mantine.colors.indigo[8],
    "--mantine-primary-color-filled": mantine.colors.indigo[7],
    "--mantine-primary-color-filled-hover": mantine.colors.indigo[8],
    "--mantine-color-dimmed": mantine.colors.dark[1],
    "--mantine-color-placeholder": mantine.colors.dark[2],
    "--mantine-color-error": mantine.colors.red[4],
    "--mantine-color-body": "#16181c",
    "--app-raised": "#1c1f24",
    "--app-hover": "rgba(255, 255, 255, 0.045)",
    "--app-border": "#2c3037",
    "--app-good": mantine.colors.green[5],
    "--app-bad": mantine.colors.red[4],
    "--app-warn": mantine.colors.yellow[5],
  },
});

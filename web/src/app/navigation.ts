import {
  IconChartLine,
  IconCoin,
  IconMessages,
  IconSettings,
  IconTimeline,
  IconUsers,
} from "@tabler/icons-react";

/** The pages of the navigation, in order. */
export const NAVIGATION = [
  { to: "/sessions", label: "Sessions", Icon: IconMessages },
  { to: "/traces", label: "Traces", Icon: IconTimeline },
  { to: "/contacts", label: "Contacts", Icon: IconUsers },
  { to: "/analytics", label: "Analytics", Icon: IconChartLine },
  { to: "/models", label: "Models and prices", Icon: IconCoin },
  { to: "/settings/{-$section}", label: "Settings", Icon: IconSettings },
] as const;

import { Box, Group, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import { ColorSchemeSwitch } from "./ColorSchemeSwitch";
import { Brand } from "@/components/Brand";
import { NAVIGATION } from "./navigation";
import classes from "./Shell.module.css";
import { SignOutButton } from "@/features/sign-in/SignOutButton";
import { ShortcutsButton } from "@/keyboard/ShortcutsButton";

/** Links to all pages; time range and project are retained from page to page. */
export function Navigation({ onChosen }: { onChosen: () => void }) {
  return (
    <Stack h="100%" gap={2} p={8}>
      <Box px={10} py={8} visibleFrom="sm">
        <Brand />
      </Box>
      {NAVIGATION.map(({ to, label, Icon }) => (
        <Link key={to} to={to} className={classes.link} onClick={onChosen}>
          <Icon size={16} stroke={1.7} aria-hidden />
          {label}
        </Link>
      ))}
      <Group mt="auto" gap={4} px={4}>
        <ColorSchemeSwitch />
        <ShortcutsButton />
        <SignOutButton />
      </Group>
    </Stack>
  );
}

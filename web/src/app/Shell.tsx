import { AppShell, Burger, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";

import { Brand } from "@/components/Brand";
import { DamageBanner } from "./DamageBanner";
import { Navigation } from "./Navigation";
import { ServerBanner } from "./ServerBanner";
import classes from "./Shell.module.css";
import { useRedirectToSignIn } from "@/features/sign-in/me_data";

const NAVIGATION_WIDTH = 200;
const BAR_HEIGHT = 44;

/** The frame of every page: navigation on the left, or behind a button below 768 px. */
export function Shell() {
  useRedirectToSignIn();
  const [isOpen, { toggle, close }] = useDisclosure();
  return (
    <AppShell
      navbar={{ width: NAVIGATION_WIDTH, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      header={{ height: { base: BAR_HEIGHT, sm: 0 } }}
      transitionDuration={0}
    >
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      <AppShell.Header className={classes.bar} hiddenFrom="sm">
        <Group h="100%" px="sm" gap="sm">
          <Burger opened={isOpen} onClick={toggle} size="sm" aria-label="Navigation" />
          <Brand />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar
        className={classes.navigation}
        aria-label="Pages"
        data-open={isOpen || undefined}
      >
        <Navigation onChosen={close} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <ServerBanner />
        <DamageBanner />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

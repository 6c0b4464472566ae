import { Tabs } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";

import { NotFound } from "@/components/NotFound";
import { Page } from "@/components/Page";
import { GettingStarted } from "@/features/getting-started/GettingStarted";
import { AboutSection } from "./AboutSection";
import { ApiKeysSection } from "./ApiKeysSection";
import { ProjectsSection } from "./ProjectsSection";
import { RetentionSection } from "./RetentionSection";
import { FIRST_SECTION, SECTIONS, isSection } from "./sections";

export function SettingsPage() {
  const { section = FIRST_SECTION } = useParams({ from: "/settings/{-$section}" });
  const navigate = useNavigate({ from: "/settings/{-$section}" });
  if (!isSection(section)) return <NotFound />;
  return (
    <Page title="Settings">
      <Tabs
        value={section}
        keepMounted={false}
        onChange={(chosen) =>
          void navigate({
            to: "/settings/{-$section}",
            params: { section: chosen ?? undefined },
            search: true,
          })
        }
      >
        <Tabs.List mb="md">
          {Object.entries(SECTIONS).map(([name, label]) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="getting-started">
          <GettingStarted />
        </Tabs.Panel>
        <Tabs.Panel value="projects">
          <ProjectsSection />
        </Tabs.Panel>
        <Tabs.Panel value="api-keys">
          <ApiKeysSection />
        </Tabs.Panel>
        <Tabs.Panel value="retention">
          <RetentionSection />
        </Tabs.Panel>
        <Tabs.Panel value="about">
          <AboutSection />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

/** The sections of the settings by their name in the URL. */
export const SECTIONS = {
  "getting-started": "Getting started",
  projects: "Projects",
  "api-keys": "API keys",
  retention: "Retention",
  about: "About",
} as const;

export type Section = keyof typeof SECTIONS;

export const FIRST_SECTION: Section = "getting-started";

export function isSection(name: string | undefined): name is Section {
  return name !== undefined && name in SECTIONS;
}

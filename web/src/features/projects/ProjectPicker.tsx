import { Select } from "@mantine/core";

import { useCommonSearch } from "@/url_state/use_common_search";
import { type Project, useProjects } from "./projects_data";

/** Selects the project of the page, which is stored in its URL. */
export function ProjectPicker() {
  const { project, setProject } = useCommonSearch();
  const projects = useProjects().data?.data ?? NONE;
  if (projects.length === 0 && !project) return null;
  const choices = projects.map(({ id, name }) => ({ value: id, label: name }));
  if (project && !projects.some(({ id }) => id === project)) {
    choices.push({ value: project, label: project });
  }
  return (
    <Select
      aria-label="Project"
      placeholder="All projects"
      clearable
      searchable
      w={150}
      data={choices}
      value={project ?? null}
      onChange={(chosen) => setProject(chosen ?? undefined)}
    />
  );
}

const NONE: Project[] = [];

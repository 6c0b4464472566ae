import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { api, data } from "@/api/client";
import { useCommonSearch } from "@/search/use_common_search";

/** The project of the page, which its URL holds. */
export function ProjectPicker() {
  const { project, setProject } = useCommonSearch();
  const { data: projects = NONE } = useQuery({
    queryKey: ["projects", "list"],
    queryFn: async ({ signal }) => {
      const reply = await data(api.GET("/v2/projects", { signal }));
      return (reply as { data: { id: string; name: string }[] }).data;
    },
    staleTime: 60_000,
  });
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

const NONE: { id: string; name: string }[] = [];

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";
import { ERROR_SHOWN_IN_PLACE } from "@/api/query_client";

export type Project = Schema<"ProjectBody">;

/** Every project of the workspace: those of spans and those created here. */
export function useProjects() {
  return useQuery({
    queryKey: ["projects", "list"],
    queryFn: ({ signal }) => data(api.GET("/v2/projects", { signal })),
  });
}

export function useCreateProject() {
  const queryClient = useQueryClient();
  return useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: (body: Schema<"ProjectCreation">) => data(api.POST("/v2/projects", { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["projects"] }),
  });
}

export function useRenameProject() {
  const queryClient = useQueryClient();
  return useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      data(
        api.PATCH("/v2/projects/{project_id}", {
          params: { path: { project_id: id } },
          body: { name },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["projects"] }),
  });
}

/** Delete a project's name or, with `erase`, permanently delete its spans as well. */
export function useDeleteProject() {
  const queryClient = useQueryClient();
  return useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: ({ id, erase }: { id: string; erase: boolean }) =>
      api.DELETE("/v2/projects/{project_id}", {
        params: { path: { project_id: id }, query: { erase } },
      }),
    // Erasing spans changes sessions and all totals.
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

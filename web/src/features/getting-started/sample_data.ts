import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, data } from "@/api/client";
import { asApiError } from "@/api/errors";
import { counted } from "@/format/count";

/** The server's name of the project. */
const PROJECT_ID = "sample";

/** The number of sessions of all time, and how many of them are sample data. */
export function useSampleCounts() {
  return useQuery({
    queryKey: ["sessions", "count", PROJECT_ID],
    queryFn: async ({ signal }) => {
      const count = (filters: object) =>
        data(api.POST("/v2/sessions/count", { signal, body: { filters } }));
      const [all, sample] = await Promise.all([count({}), count({ project_id: PROJECT_ID })]);
      return { all: all.count, sample: sample.count };
    },
  });
}

/** Load or remove the sample data, and show how many sessions that were. */
export function useChangeSample(change: "load" | "remove", onDone?: () => void) {
  const queryClient = useQueryClient();
  const done = change === "load" ? "loaded" : "removed";
  return useMutation({
    mutationFn: () => data(change === "load" ? api.POST("/v2/sample") : api.DELETE("/v2/sample")),
    onSuccess: async ({ sessions }) => {
      await queryClient.invalidateQueries();
      notifications.show({ message: `${counted(sessions, "session")} of sample data ${done}` });
      onDone?.();
    },
    onError: (error) =>
      notifications.show({
        color: "red",
        title: `Could not ${change} sample data`,
        message: asApiError(error).message,
      }),
  });
}

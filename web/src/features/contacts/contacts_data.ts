import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";
import { ERROR_SHOWN_IN_PLACE } from "@/api/query_client";
import { type CommonSearch, rangeOf } from "@/url_state/common_search";
import { listHas } from "@/features/sessions/filters/build_filter";
import { instantsOf } from "@/url_state/time_range";
import { useCommonSearch } from "@/url_state/use_common_search";
import { toSorting } from "@/url_state/sort";
import { type ContactsSearch, DEFAULT_SORT } from "./contacts_search";

export type Contact = Schema<"ActiveContactBody">;

export const PAGE_SIZE = 50;

/** The page of the list that the URL selects. */
export function useContacts({ search, sort = DEFAULT_SORT, after, before }: ContactsSearch) {
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["contacts", "list", { search, sort, after, before }],
    queryFn: ({ signal }) =>
      data(
        api.POST("/v2/contacts/query", {
          signal,
          body: {
            search: search ?? "",
            sortingProps: [toSorting(sort) as Schema<"ContactsSorting">],
            pagination: { limit: PAGE_SIZE, lastId: after ?? "", firstId: before ?? "" },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** One contact, by its id or external id. */
export function useContact(name: string) {
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["contacts", "one", name],
    queryFn: ({ signal }) =>
      data(
        api.GET("/v2/contacts/{contact_id}", { signal, params: { path: { contact_id: name } } }),
      ),
    refetchInterval,
  });
}

/** The cost of the contact's traces in the time range of the URL. */
export function useContactCost(externalId: string, common: CommonSearch) {
  const { refetchInterval } = useCommonSearch();
  const { range, from, to, project } = common;
  return useQuery({
    queryKey: ["contacts", "cost", externalId, { range, from, to, project }],
    queryFn: ({ signal }) => {
      const { start, end } = instantsOf(rangeOf({ range, from, to }));
      return data(
        api.POST("/v2/analytics/query", {
          signal,
          body: {
            filters: project ? { project_id: project } : {},
            query: { filters: [listHas("contact_ids", externalId)] } as Schema<"SessionsSearch">,
            from: start?.toISOString() ?? "",
            to: end?.toISOString() ?? "",
            metrics: ["cost", "unpriced_calls", "model_calls"],
            split_by: "contact",
            limit: 100,
          },
        }),
      );
    },
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** Delete a contact's profile or, with `erase`, all of its data. */
export function useDeleteContact() {
  const queryClient = useQueryClient();
  return useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: ({ id, erase }: { id: string; erase: boolean }) =>
      data(
        api.DELETE("/v2/contacts/{contact_id}", {
          params: { path: { contact_id: id }, query: { erase } },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { api } from "@/api/client";
import { useMe } from "./me_data";

/** Shown only if signed in with a cookie. */
export function SignOutButton() {
  const { data: me } = useMe();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => api.POST("/v2/sign-out"),
    onSuccess: async () => {
      await navigate({ to: "/sign-in" });
      queryClient.clear();
    },
  });
  if (!me?.is_signed_in) return null;
  return (
    <Tooltip label={`Sign out: ${me.name}, workspace ${me.workspace_id}`}>
      <ActionIcon
        aria-label="Sign out"
        loading={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        <IconLogout size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

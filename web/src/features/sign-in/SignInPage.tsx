import { Button, Code, Paper, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { type SubmitEvent, useEffect, useState } from "react";

import { api, data } from "@/api/client";
import { asApiError } from "@/api/errors";
import { ERROR_SHOWN_IN_PLACE } from "@/api/query_client";
import { Brand } from "@/components/Brand";
import classes from "./SignInPage.module.css";

/** Exchanges an API key for a session cookie. */
export function SignInPage() {
  const { next = "/" } = useSearch({ from: "/sign-in" });
  const router = useRouter();
  const queryClient = useQueryClient();
  const [key, setKey] = useState("");
  useEffect(() => {
    document.title = "Sign in · Sessionary";
  }, []);
  const signIn = useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: (api_key: string) => data(api.POST("/v2/sign-in", { body: { api_key } })),
    onSuccess: (me) => {
      // Drop results and errors of the previous user.
      queryClient.clear();
      queryClient.setQueryData(["me"], me);
      router.history.replace(next);
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (key.trim()) signIn.mutate(key.trim());
  };
  return (
    <main className={classes.page}>
      <Paper component="form" className={classes.card} onSubmit={submit}>
        <Stack>
          <Brand />
          <Title order={1} fz="lg">
            Sign in
          </Title>
          <PasswordInput
            label="API key"
            description="You stay signed in for two weeks. The key itself is not stored."
            placeholder="sk-sessionary-…"
            size="sm"
            autoComplete="current-password"
            data-autofocus
            autoFocus
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            error={signIn.isError && asApiError(signIn.error).message}
            visibilityToggleButtonProps={{ "aria-label": "Show key" }}
          />
          <Button type="submit" size="sm" loading={signIn.isPending} disabled={!key.trim()}>
            Sign in
          </Button>
          <Text c="dimmed" size="xs">
            No key yet? An admin can create one with <Code>sessionary keys create NAME</Code> or in
            the settings.
          </Text>
        </Stack>
      </Paper>
    </main>
  );
}

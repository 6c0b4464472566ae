import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { makeQueryClient } from "@/api/query_client";
import { ShortcutsProvider } from "@/keyboard/ShortcutsProvider";
import { cssVariables, theme } from "@/theme";

export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <ShortcutsProvider>
          {children}
          <Notifications position="bottom-right" limit={3} />
        </ShortcutsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

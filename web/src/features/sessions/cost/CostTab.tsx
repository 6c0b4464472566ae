import { SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Schema } from "@/api/client";
import { EmptyState } from "@/components/EmptyState";
import { LoadingRows } from "@/components/LoadingRows";
import { Money } from "@/components/Money";
import { QueryBoundary } from "@/components/QueryBoundary";
import { costsQuery, type Session } from "../session_data";
import { CostByKind } from "./CostByKind";
import { CostByModel } from "./CostByModel";
import { CostByTrace } from "./CostByTrace";

interface Props {
  session: Session;
  onOpenTrace: (traceId: string) => void;
}

/** The cost of a session by model, kind and trace. */
export function CostTab({ session, onOpenTrace }: Props) {
  const query = useQuery(costsQuery(session._id));
  return (
    <QueryBoundary query={query}>
      {query.data ? (
        <Costs costs={query.data} session={session} onOpenTrace={onOpenTrace} />
      ) : (
        <LoadingRows count={4} />
      )}
    </QueryBoundary>
  );
}

interface CostsProps extends Props {
  costs: Schema<"SessionCostsBody">;
}

function Costs({ costs, session, onOpenTrace }: CostsProps) {
  const { data: groups, written_cost: written } = costs;
  if (groups.length === 0) {
    return (
      <EmptyState title="No model calls">
        {written === undefined ? (
          "This session has no cost."
        ) : (
          <>
            Cost set through the API: <Money dollars={written} />
          </>
        )}
      </EmptyState>
    );
  }
  const measured = groups.reduce((sum, group) => sum + group.total_cost, 0);
  return (
    <Stack
      gap="lg"
      style={{ overflow: "auto", minHeight: 0 }}
      tabIndex={0}
      role="region"
      aria-label="Cost"
    >
      {written !== undefined && (
        <Text>
          The calls below cost <Money dollars={measured} />. An adjustment of{" "}
          <Money dollars={written} /> was added through the API.
        </Text>
      )}
      <Section title="By model and price">
        <CostByModel groups={groups} />
      </Section>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Section title="By kind">
          <CostByKind groups={groups} />
        </Section>
        <Section title="Most expensive traces">
          <CostByTrace session={session} onOpen={onOpenTrace} />
        </Section>
      </SimpleGrid>
    </Stack>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2} fz="sm" fw={600} mb={4}>
        {title}
      </Title>
      {children}
    </section>
  );
}

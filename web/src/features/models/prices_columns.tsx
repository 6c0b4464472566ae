import { ActionIcon, Group } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

import { Figure } from "@/components/Figure";
import { UserText } from "@/components/UserText";
import type { DataColumn } from "@/components/table/data_column";
import { exactTime } from "@/format/time";
import type { Price } from "./models_data";
import { RATES, RATE_NAMES, type RateName } from "./price_form";
import { Rate } from "./Rate";

type Column = DataColumn<Price>;
const SHOWN: readonly RateName[] = [
  "input_per_million",
  "output_per_million",
  "cache_read_per_million",
  "cache_write_per_million",
];

/** The columns of the custom prices. */
export const PRICE_COLUMNS: readonly Column[] = [
  {
    id: "model",
    header: "Model",
    cell: ({ model }) => <UserText text={model} />,
    width: 220,
    isGrowing: true,
  },
  {
    id: "provider",
    header: "Provider",
    cell: ({ provider }) => provider ?? <Figure isDimmed>any</Figure>,
    width: 110,
  },
  {
    id: "valid_from",
    header: "Valid from",
    cell: ({ valid_from }) => <ValidFrom time={valid_from} />,
    width: 130,
  },
  ...RATE_NAMES.map((name): Column => ({
    id: name,
    header: name === "per_thousand_requests" ? RATES[name] : `${RATES[name]} / 1M`,
    cell: (price) => <Rate dollars={price[name]} absent={absentRate(name)} />,
    width: 120,
    align: "right",
    isHidden: !SHOWN.includes(name),
  })),
];

/** The columns for admins, who can edit prices. */
export const PRICE_COLUMNS_TO_CHANGE: readonly Column[] = [
  ...PRICE_COLUMNS,
  { id: "actions", header: "Actions", cell: (price) => <Change price={price} />, width: 76 },
];

/** The default of a rate that a price does not set. */
function absentRate(name: RateName): string | undefined {
  if (name === "per_thousand_requests") return undefined;
  return name === "audio_output_per_million" ? "as output" : "as input";
}

function ValidFrom({ time }: { time: string | null | undefined }) {
  if (!time) return <Figure isDimmed>always</Figure>;
  return <Figure hint={exactTime(time)}>{time.slice(0, 16).replace("T", " ")}</Figure>;
}

function Change({ price: { id, model } }: { price: Price }) {
  return (
    <Group gap={2} wrap="nowrap">
      <ActionIcon
        size="sm"
        aria-label={`Edit price of ${model}`}
        renderRoot={(props) => (
          <Link to="/models" search={(before) => ({ ...before, like: id })} {...props} />
        )}
      >
        <IconPencil size={14} />
      </ActionIcon>
      <ActionIcon
        size="sm"
        aria-label={`Remove price of ${model}`}
        renderRoot={(props) => (
          <Link to="/models" search={(before) => ({ ...before, remove: id })} {...props} />
        )}
      >
        <IconTrash size={14} />
      </ActionIcon>
    </Group>
  );
}

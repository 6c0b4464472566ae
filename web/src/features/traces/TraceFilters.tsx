import { FilterChip } from "@/components/FilterChip";
import { operatorText } from "./operators";
import { useTraceFields } from "./traces_data";
import type { TraceFilter } from "./traces_search";

interface Props {
  filters: readonly TraceFilter[];
  onChange: (filters: TraceFilter[]) => void;
}

/** The active filters of the URL as removable chips. */
export function TraceFilters({ filters, onChange }: Props) {
  const fields = useTraceFields().data ?? [];
  return filters.map(({ field, op, values }, place) => {
    const label = fields.find(({ name }) => name === field)?.label ?? field;
    return (
      <FilterChip
        key={`${place} ${field}`}
        text={`${label} ${operatorText(op)} ${values.join(", ")}`.trim()}
        onRemove={() => onChange(filters.filter((_, other) => other !== place))}
      />
    );
  });
}

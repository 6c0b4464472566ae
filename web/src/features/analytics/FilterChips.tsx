import { FilterChip } from "@/components/FilterChip";
import type { SessionFilter } from "@/search/filters";

interface Props {
  filters: readonly SessionFilter[] | undefined;
  onChange: (filters: SessionFilter[] | undefined) => void;
}

/** The filters of the URL, each to be taken away. */
export function FilterChips({ filters = [], onChange }: Props) {
  return filters.map((filter, place) => (
    <FilterChip
      key={`${place} ${filter.path}`}
      words={inWords(filter)}
      onRemove={() => {
        const left = filters.filter((_, other) => other !== place);
        onChange(left.length > 0 ? left : undefined);
      }}
    />
  ));
}

function inWords({ path, operator, value }: SessionFilter): string {
  const values = Array.isArray(value) ? value.join(", ") : (value ?? "");
  return `${path} ${operator.replaceAll("_", " ")} ${String(values)}`.trim();
}

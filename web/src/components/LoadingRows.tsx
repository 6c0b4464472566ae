import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";

/** Placeholder for rows that are loading. */
export function LoadingRows({ count = 10, height = 20 }: { count?: number; height?: number }) {
  return (
    <Stack gap={12} py="sm" px="md" aria-busy role="status">
      <VisuallyHidden>Loading</VisuallyHidden>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={height} radius="sm" />
      ))}
    </Stack>
  );
}

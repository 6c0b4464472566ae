import { LoadingRows } from "@/components/LoadingRows";

export function PagePending() {
  return <LoadingRows count={8} />;
}

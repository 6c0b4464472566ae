import { Stack, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { Drawer } from "@/components/Drawer";
import { ErrorState } from "@/components/ErrorState";
import { LoadingRows } from "@/components/LoadingRows";
import { visible } from "@/text/visible";
import { Attributes } from "./Attributes";
import { SpanMessages } from "./SpanMessages";
import { SpanError } from "./SpanError";
import { SpanEvents } from "./SpanEvents";
import { SpanFacts } from "./SpanFacts";
import { spanQuery } from "./span_data";
import { type SpanSearch, spanSearch } from "./span_search";

interface Props {
  traceId?: string;
  spanId?: string;
  /** The open tab and its format. */
  shown: SpanSearch;
  onShow: (shown: SpanSearch) => void;
  onOpen: (traceId: string, spanId: string) => void;
  onClose: () => void;
}

/** All details of one span, next to the page. */
export function SpanDrawer(props: Props) {
  const { traceId = "", spanId = "", shown, onShow, onOpen, onClose } = props;
  const isOpen = traceId !== "" && spanId !== "";
  const query = useQuery({ ...spanQuery(traceId, spanId), enabled: isOpen });
  const span = query.data;
  return (
    <Drawer
      title={<bdi>{visible(span?.summary.name ?? "Span")}</bdi>}
      isOpen={isOpen}
      onClose={onClose}
    >
      {query.isLoading && <LoadingRows count={8} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {span && (
        <Stack gap="sm">
          <SpanFacts span={span} onOpen={onOpen} />
          <SpanError span={span} />
          <Tabs
            value={shown.detail ?? "messages"}
            onChange={(detail) => onShow(spanSearch({ ...shown, detail }))}
            keepMounted={false}
          >
            <Tabs.List mb="sm">
              <Tabs.Tab value="messages">Input and output</Tabs.Tab>
              <Tabs.Tab value="attributes">Attributes</Tabs.Tab>
              <Tabs.Tab value="events">Events ({span.events.length})</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="messages">
              <SpanMessages
                span={span}
                format={shown.format}
                onFormat={(format) => onShow({ format })}
              />
            </Tabs.Panel>
            <Tabs.Panel value="attributes">
              <Attributes span={span} />
            </Tabs.Panel>
            <Tabs.Panel value="events">
              <SpanEvents span={span} onOpen={onOpen} />
            </Tabs.Panel>
          </Tabs>
        </Stack>
      )}
    </Drawer>
  );
}

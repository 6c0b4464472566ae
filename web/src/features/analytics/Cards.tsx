import { Skeleton } from "@mantine/core";

import { Money } from "@/components/Money";
import { Sparkline } from "@/components/Sparkline";
import type { Analytics } from "./analytics_data";
import { DEFAULT_PERCENTILE, VIEWS, type View, hasPercentiles } from "./analytics_views";
import classes from "./Cards.module.css";
import { valuesByBucket } from "./time_series";
import { figure, shortFigure, unitOf } from "./figures";

interface Props {
  answer: Analytics | undefined;
  view: View;
  onChoose: (view: View) => void;
}

const VIEW_NAMES = Object.keys(VIEWS) as View[];

/** The total of each metric with its trend; a click selects the metric of the chart. */
export function Cards({ answer, view, onChoose }: Props) {
  return (
    <div className={classes.cards} role="group" aria-label="Metrics">
      {VIEW_NAMES.map((name) => (
        <button
          key={name}
          type="button"
          className={classes.card}
          aria-pressed={name === view}
          onClick={() => onChoose(name)}
        >
          <Card name={name} answer={answer} />
        </button>
      ))}
    </div>
  );
}

function Card({ name, answer }: { name: View; answer: Analytics | undefined }) {
  const { label, bySplit } = VIEWS[name];
  return (
    <>
      <span className={classes.label}>
        {hasPercentiles(name) ? `${label}, ${DEFAULT_PERCENTILE}` : label}
      </span>
      {answer ? <CardFigure answer={answer} metric={bySplit} /> : <Skeleton height={24} />}
      <Sparkline values={answer ? valuesByBucket(answer.total, bySplit) : []} height={20} />
    </>
  );
}

function CardFigure({ answer, metric }: { answer: Analytics; metric: string }) {
  const { figures } = answer.total;
  const unit = unitOf(answer, metric);
  if (metric === "cost") {
    return (
      <span className={classes.figure}>
        <Money
          dollars={figures.cost}
          unpricedCalls={figures.unpriced_calls ?? 0}
          calls={figures.model_calls ?? undefined}
          isShort
        />
      </span>
    );
  }
  return (
    <span className={`${classes.figure ?? ""} tabular`} title={figure(figures[metric], unit)}>
      {shortFigure(figures[metric], unit)}
    </span>
  );
}

import { Skeleton } from "@mantine/core";

import { Sparkline } from "@/components/Sparkline";
import { unpriced } from "@/format/unknown";
import type { Analytics } from "./analytics_data";
import { VIEWS, type View } from "./analytics_views";
import classes from "./Cards.module.css";
import { figure, shortFigure, unitOf } from "./figures";

interface Props {
  answer: Analytics | undefined;
  view: View;
  onChoose: (view: View) => void;
}

const VIEW_NAMES = Object.keys(VIEWS) as View[];

/** The figures of everything, each with its course; the chosen one is what the chart shows. */
export function Cards({ answer, view, onChoose }: Props) {
  return (
    <div className={classes.cards} role="group" aria-label="Figures">
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
  const isQuantile = bySplit.endsWith("_p95");
  return (
    <>
      <span className={classes.label}>{isQuantile ? `${label}, p95` : label}</span>
      {answer ? <CardFigure answer={answer} metric={bySplit} /> : <Skeleton height={24} />}
      <Sparkline
        values={(answer?.total.by_bucket?.[bySplit] ?? []).map((value) => value ?? 0)}
        height={20}
      />
    </>
  );
}

function CardFigure({ answer, metric }: { answer: Analytics; metric: string }) {
  const { figures } = answer.total;
  const unit = unitOf(answer, metric);
  const missing = metric === "cost" ? unpriced(figures.unpriced_calls ?? 0) : null;
  return (
    <span
      className={`${classes.figure ?? ""} tabular`}
      title={[figure(figures[metric], unit), missing].filter(Boolean).join(", and ")}
    >
      {shortFigure(figures[metric], unit)}
      {missing && <span aria-label={`, and ${missing}`}>{" +?"}</span>}
    </span>
  );
}

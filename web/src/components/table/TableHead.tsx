import { CheckBox } from "./CheckBox";
import { ColumnChoice } from "./ColumnChoice";
import classes from "./DataTable.module.css";
import { HeadCell } from "./HeadCell";
import type { DataColumn } from "./data_column";
import type { TableOf } from "./use_data_table";

const CHECK_WIDTH = 36;
const CHOICE_WIDTH = 34;

interface Props<Row extends object> {
  table: TableOf<Row>;
  columns: readonly DataColumn<Row>[];
  hasSelection: boolean;
}

/** The column widths, the heads and the column menu. */
export function TableHead<Row extends object>({ table, columns, hasSelection }: Props<Row>) {
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const growing = columns.find(({ isGrowing }) => isGrowing)?.id;
  // Once the user resizes the growing column, an empty column on the right takes the slack.
  const doesGrow = headers.some(({ id }) => id === growing) && !isSized(table, growing);
  const total = table.getTotalSize() + CHECK_WIDTH + CHOICE_WIDTH;
  /** Text columns share the extra width of a wide table. */
  const width = (header: { id: string; getSize: () => number }) => {
    const size = header.getSize();
    const isText = columns.find(({ id }) => id === header.id)?.align !== "right";
    if (!doesGrow || !isText || isSized(table, header.id)) return size;
    return `max(${size}px, ${(100 * size) / total}cqw)`;
  };
  return (
    <>
      <colgroup>
        {hasSelection && <col style={{ width: CHECK_WIDTH }} />}
        {headers.map((header) => (
          <col
            key={header.id}
            style={doesGrow && header.id === growing ? undefined : { width: width(header) }}
          />
        ))}
        <col style={doesGrow ? { width: CHOICE_WIDTH } : undefined} />
      </colgroup>
      <thead className={classes.head}>
        <tr aria-rowindex={1}>
          {hasSelection && (
            <th className={classes.check} scope="col">
              <CheckBox
                label="Select all rows"
                isChecked={table.getIsAllRowsSelected()}
                isMixed={table.getIsSomeRowsSelected()}
                onChange={table.getToggleAllRowsSelectedHandler()}
              />
            </th>
          )}
          {headers.map((header) => (
            <HeadCell
              key={header.id}
              header={header}
              column={columns.find(({ id }) => id === header.id)}
              width={header.getSize()}
              direction={header.column.getIsSorted()}
              onResize={(width) =>
                table.setColumnSizing((before) => ({ ...before, [header.id]: width }))
              }
            />
          ))}
          <td className={classes.choice}>
            <ColumnChoice table={table} columns={columns} />
          </td>
        </tr>
      </thead>
    </>
  );
}

function isSized<Row extends object>(table: TableOf<Row>, id: string | undefined): boolean {
  return id !== undefined && table.state.columnSizing[id] !== undefined;
}

import classes from "./DataTable.module.css";

interface Props {
  label: string;
  isChecked: boolean;
  /** Some but not all of the rows are selected. */
  isMixed?: boolean;
  onChange: (event: unknown) => void;
}

/** A native checkbox, since a table renders many at once. */
export function CheckBox({ label, isChecked, isMixed = false, onChange }: Props) {
  return (
    <input
      type="checkbox"
      className={classes.checkBox}
      aria-label={label}
      checked={isChecked}
      onChange={onChange}
      ref={(box) => {
        if (box) box.indeterminate = isMixed;
      }}
    />
  );
}

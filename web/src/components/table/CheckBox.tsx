import classes from "./DataTable.module.css";

interface Props {
  label: string;
  isChecked: boolean;
  /** Some of what it stands for is. */
  isMixed?: boolean;
  onChange: (event: unknown) => void;
}

/** The browser's own: a table draws many at once. */
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

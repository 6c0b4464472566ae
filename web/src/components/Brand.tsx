import { Link } from "@tanstack/react-router";

import classes from "./Brand.module.css";

export function Brand() {
  return (
    <Link to="/sessions" className={classes.brand}>
      <img src="/icon.svg" alt="" width={20} height={20} />
      Sessionary
    </Link>
  );
}

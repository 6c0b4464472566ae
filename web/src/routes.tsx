import {
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
  stripSearchParams,
} from "@tanstack/react-router";

import { NotFound } from "./components/NotFound";
import { Root } from "./app/Root";
import { contactSearch } from "./features/contacts/contact_search";
import { contactsSearch } from "./features/contacts/contacts_search";
import { analyticsSearch } from "./features/analytics/analytics_search";
import { modelsSearch } from "./features/models/models_search";
import { sessionSearch } from "./features/sessions/session_search";
import { sessionsSearch } from "./features/sessions/sessions_search";
import { traceSearch } from "./features/traces/trace_search";
import { tracesSearch } from "./features/traces/traces_search";
import { sharedSearch } from "./features/share/shared_search";
import { signInSearch } from "./features/sign-in/sign_in_search";
import { type CommonSearch, commonSearch } from "./url_state/common_search";

/*
 * Every page: its path, its search parameters and its lazily loaded component. The search
 * parameters of a page are merged with the common ones of the root.
 */

/** The search parameters that links retain unless they set them. */
const RETAINED = ["range", "from", "to", "project"] satisfies (keyof CommonSearch)[];

const root = createRootRoute({
  validateSearch: commonSearch,
  search: { middlewares: [retainSearchParams(RETAINED)] },
  component: Root,
  notFoundComponent: NotFound,
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: ({ search }) => {
    throw redirect({ to: "/sessions", search, replace: true });
  },
});

const sessions = createRoute({
  getParentRoute: () => root,
  path: "/sessions",
  validateSearch: sessionsSearch,
  component: lazyRouteComponent(
    () => import("./features/sessions/list/SessionsPage"),
    "SessionsPage",
  ),
});

const session = createRoute({
  getParentRoute: () => root,
  path: "/sessions/$sessionId",
  validateSearch: sessionSearch,
  component: lazyRouteComponent(
    () => import("./features/sessions/page/SessionPage"),
    "SessionPage",
  ),
});

const traces = createRoute({
  getParentRoute: () => root,
  path: "/traces",
  validateSearch: tracesSearch,
  component: lazyRouteComponent(() => import("./features/traces/TracesPage"), "TracesPage"),
});

const trace = createRoute({
  getParentRoute: () => root,
  path: "/traces/$traceId",
  validateSearch: traceSearch,
  component: lazyRouteComponent(() => import("./features/traces/TracePage"), "TracePage"),
});

const contacts = createRoute({
  getParentRoute: () => root,
  path: "/contacts",
  validateSearch: contactsSearch,
  component: lazyRouteComponent(() => import("./features/contacts/ContactsPage"), "ContactsPage"),
});

const contact = createRoute({
  getParentRoute: () => root,
  path: "/contacts/$contactId",
  validateSearch: contactSearch,
  component: lazyRouteComponent(() => import("./features/contacts/ContactPage"), "ContactPage"),
});

const analytics = createRoute({
  getParentRoute: () => root,
  path: "/analytics",
  validateSearch: analyticsSearch,
  component: lazyRouteComponent(
    () => import("./features/analytics/AnalyticsPage"),
    "AnalyticsPage",
  ),
});

const models = createRoute({
  getParentRoute: () => root,
  path: "/models",
  validateSearch: modelsSearch,
  component: lazyRouteComponent(() => import("./features/models/ModelsPage"), "ModelsPage"),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings/{-$section}",
  component: lazyRouteComponent(() => import("./features/settings/SettingsPage"), "SettingsPage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: signInSearch,
  // Another user may sign in; for the same user, `next` contains the parameters.
  search: { middlewares: [stripSearchParams(RETAINED)] },
  component: lazyRouteComponent(() => import("./features/sign-in/SignInPage"), "SignInPage"),
  staticData: { isStandalone: true },
});

const shared = createRoute({
  getParentRoute: () => root,
  path: "/shared/$token",
  validateSearch: sharedSearch,
  component: lazyRouteComponent(() => import("./features/share/SharedPage"), "SharedPage"),
  staticData: { isStandalone: true },
});

export const routeTree = root.addChildren([
  home,
  sessions,
  session,
  traces,
  trace,
  contacts,
  contact,
  analytics,
  models,
  settings,
  signIn,
  shared,
]);

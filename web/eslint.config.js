import js from "@eslint/js";
import importX, { createNodeResolver } from "eslint-plugin-import-x";
import hooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import globals from "globals";
import typescript from "typescript-eslint";

/** The folders of src/, top layer first: each may import only from itself and those below it. */
const LAYERS = [
  ["app"],
  ["features"],
  ["components"],
  ["url_state", "keyboard"],
  ["api", "format", "text"],
];

/** Files of the layer may not import from the layers above it. */
function zoneOf(layer, depth) {
  return {
    target: layer.map((folder) => `./src/${folder}`),
    from: LAYERS.slice(0, depth)
      .flat()
      .map((folder) => `./src/${folder}`),
  };
}

export default defineConfig(
  globalIgnores(["src/api/schema.ts", "test-results"]),
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [typescript.configs.strictTypeChecked, typescript.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // `||` is often meant to replace an empty string or false as well.
      "@typescript-eslint/prefer-nullish-coalescing": [
        "error",
        { ignorePrimitives: { string: true, boolean: true } },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      // The router's redirects are thrown.
      "@typescript-eslint/only-throw-error": "off",
    },
  },
  {
    files: ["src/**"],
    extends: [hooks.configs.flat.recommended],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ["src/**"],
    plugins: { "import-x": importX },
    settings: {
      ...importX.flatConfigs.typescript.settings,
      "import-x/resolver-next": [
        createNodeResolver({
          alias: { "@": [`${import.meta.dirname}/src`] },
          extensions: [".ts", ".tsx"],
        }),
      ],
    },
    rules: {
      "import-x/no-cycle": "error",
      // Pages are on top of shared components, which are on top of the state of the URL.
      "import-x/no-restricted-paths": ["error", { zones: LAYERS.map(zoneOf).slice(1) }],
    },
  },
  { files: ["public/**"], languageOptions: { globals: globals.browser, sourceType: "script" } },
  { files: ["build/**", "*.js"], languageOptions: { globals: globals.node } },
  { rules: { "max-lines": ["error", { max: 250, skipBlankLines: true }], eqeqeq: "error" } },
);

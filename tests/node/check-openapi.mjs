// Checks OpenAPI documents with Redocly's linter: the structure the specification demands, references that lead
// somewhere, security requirements that name a declared scheme. Arguments: files. Prints one problem a line; exits 1 if
// there is one.
import { createConfig, lint } from "@redocly/openapi-core";

const config = await createConfig({
  extends: ["spec"],
  rules: { struct: "error", "no-unresolved-refs": "error", "security-defined": "error" },
});
const files = process.argv.slice(2);
let problems = 0;
for (const file of files) {
  for (const problem of await problemsOf(file)) {
    problems += 1;
    console.log(`${file}: ${problem}`);
  }
}
console.log(`${files.length} documents, ${problems} problems`);
process.exitCode = files.length > 0 && problems === 0 ? 0 : 1;

async function problemsOf(file) {
  try {
    const found = await lint({ ref: file, config });
    return found
      .filter((problem) => problem.severity === "error")
      .map((problem) => `${problem.location[0]?.pointer ?? ""}: ${problem.ruleId}: ${problem.message}`);
  } catch (error) {
    return [String(error.message)];
  }
}

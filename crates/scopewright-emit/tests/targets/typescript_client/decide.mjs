// Asks a generated module. Arguments: the module. Standard input: a JSON list of questions; standard output: the answers.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const module = await import(pathToFileURL(process.argv[2]).href);
const questions = JSON.parse(readFileSync(0, "utf8"));
const answers = questions.map(({ call, with: values }) => {
  const answer = module[call](...values);
  return answer instanceof Set ? [...answer].sort() : answer;
});
process.stdout.write(JSON.stringify(answers));

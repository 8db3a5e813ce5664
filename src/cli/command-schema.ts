import { TEST_FIELDS } from '../plan-test/test-fields.ts';
import { fileSchema, layeredSchema } from '../report/json-schema.ts';
import { PLAN_FIELDS } from '../rules/load/plan-fields.ts';
import type { CommandFile } from './commands.ts';

/** `align-pay schema`: the JSON Schema of plan files and test files, from the fields that the loader reads. */
export const define: CommandFile['define'] = (command) => {
  command
    .addOption(
      command.createOption('--for <file>', 'which file it describes').choices(['plan', 'test']).default('plan'),
    )
    .addHelpText(
      'after',
      '\n  align-pay schema > align-pay.schema.json\n\nand at the top of the plan, for editors with the YAML language server:\n  # yaml-language-server: $schema=./align-pay.schema.json',
    )
    .action((options: { readonly for: 'plan' | 'test' }) => {
      const schema =
        options.for === 'plan'
          ? layeredSchema('A plan of align-pay', PLAN_FIELDS, 'extends')
          : fileSchema('Tests of a plan of align-pay', TEST_FIELDS);
      process.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
    });
};

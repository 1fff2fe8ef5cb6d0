import {
  Annotations,
  DataResource,
  type IAspect,
  TerraformDataSource,
  type TerraformProvider,
  TerraformResource,
} from "cdktf";
import type { IConstruct } from "constructs";

/**
 * Fails synthesis when a resource or data source does not name the stack's provider: beside aliased providers Terraform
 * would silently fall back to an empty default one, that is, to whatever account the ambient credentials belong to.
 */
export class RequireProvider implements IAspect {
  constructor(private readonly provider: TerraformProvider) {}

  visit(node: IConstruct): void {
    const usesProvider = TerraformResource.isTerraformResource(node) || TerraformDataSource.isTerraformDataSource(node);
    // What is built into Terraform takes no provider: terraform_data, and terraform_remote_state, which cdktf counts as neither.
    const isBuiltIn = node instanceof DataResource;
    if (usesProvider && !isBuiltIn && node.provider !== this.provider) {
      Annotations.of(node).addError(`does not name the provider ${this.provider.fqn}; pass it as \`provider\``);
    }
  }
}

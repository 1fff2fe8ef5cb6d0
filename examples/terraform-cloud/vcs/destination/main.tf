# Workspace cognito-migration-customers-destination, driven by this repository; its working directory is this folder. docs/state.md has
# the rest of its settings. Credentials are those of the workspace: none stand here.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # The first that knows the runtime nodejs24.x.
      version = ">= 6.19, < 7"
    }
  }
}

provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = ["222222222222"]
}

# The workspace of the source must share its state with this one.
data "terraform_remote_state" "source" {
  backend = "remote"

  config = {
    organization = "example-org"
    workspaces   = { name = "cognito-migration-customers-source" }
  }
}

locals {
  source = data.terraform_remote_state.source.outputs.source
}

module "destination" {
  source = "../../../../modules/destination"

  user_pool_name            = "customers"
  destination_user_pool_arn = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_NewPool"
  # Committed beside this file: nothing is built in a workspace.
  handler_zip = "${path.module}/handler.zip"

  source_account             = "111111111111"
  source_user_pool_id        = local.source.user_pool_id
  source_region              = local.source.region
  source_role_arn            = local.source.role_arn
  source_app_client_id       = local.source.app_client_id
  source_mfa_configuration   = local.source.mfa_configuration
  source_username_attributes = local.source.username_attributes
  external_id                = local.source.external_id
}

# What the destination pool's lambda_config.user_migration must be, and nothing before it is there.
output "lambda_arn" {
  description = "User migration trigger for the destination user pool"
  value       = module.destination.lambda_arn
}

output "dashboard_url" {
  description = "CloudWatch dashboard of this migration"
  value       = module.destination.dashboard_url
}

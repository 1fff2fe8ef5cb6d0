# Users move to another account and another Region. The two providers are the caller's; the modules have none.

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

locals {
  user_pool_name            = "customers"
  source_user_pool_id       = "eu-west-1_SourcePool"
  source_account            = "111111111111"
  destination_user_pool_arn = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_NewPool"
  destination_account       = "222222222222"

  attribute_map = { sub = "custom:source_sub" }
}

provider "aws" {
  alias               = "source"
  region              = "eu-west-1"
  profile             = "legacy-admin"
  allowed_account_ids = [local.source_account]
}

provider "aws" {
  alias               = "destination"
  region              = "eu-central-1"
  profile             = "identity-admin"
  allowed_account_ids = [local.destination_account]
}

module "source" {
  source    = "../../modules/source"
  providers = { aws = aws.source }

  user_pool_name      = local.user_pool_name
  source_user_pool_id = local.source_user_pool_id
  source_account      = local.source_account
  destination_account = local.destination_account
  attribute_map       = local.attribute_map
}

module "destination" {
  source    = "../../modules/destination"
  providers = { aws = aws.destination }

  user_pool_name            = local.user_pool_name
  destination_user_pool_arn = local.destination_user_pool_arn
  attribute_map             = local.attribute_map

  source_account             = local.source_account
  source_user_pool_id        = module.source.user_pool_id
  source_region              = module.source.region
  source_role_arn            = module.source.role_arn
  source_app_client_id       = module.source.app_client_id
  source_mfa_configuration   = module.source.mfa_configuration
  source_username_attributes = module.source.username_attributes
  external_id                = module.source.external_id
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

# For `npx cognito-migration preflight --outputs`, which reads what `terraform output -json source` prints.
output "source" {
  description = "What the source has given out"
  value       = module.source
}

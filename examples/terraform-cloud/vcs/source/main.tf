# Workspace cognito-migration-customers-source, driven by this repository; its working directory is this folder. docs/state.md has
# the rest of its settings. Credentials are those of the workspace: none stand here.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.19, < 7"
    }
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111111111111"]
}

module "source" {
  source = "../../../../modules/source"

  user_pool_name      = "customers"
  source_user_pool_id = "eu-west-1_SourcePool"
  source_account      = "111111111111"
  destination_account = "222222222222"
}

# What the workspace of the destination reads.
output "source" {
  description = "What the source has given out"
  value       = module.source
}

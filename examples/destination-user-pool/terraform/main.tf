# Attaches the user migration trigger to a destination user pool that Terraform manages.
# Only the marked lines are for the migration; the rest stands for your own pool.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "lambda_arn" {
  description = "Output lambda_arn of the destination stack"
  type        = string
}

resource "aws_cognito_user_pool" "destination" {
  name                = "customers"
  username_attributes = ["email"]

  # Goes with DESTINATION_CASE_SENSITIVE=false. With case, Name@ and name@ would be two users.
  username_configuration {
    case_sensitive = false
  }

  # Migration: call the function for users whom this pool does not know.
  lambda_config {
    user_migration = var.lambda_arn
  }

  # Migration: where ATTRIBUTE_MAP puts the old sub and custom:tier. Immutable, so nobody can change to another's sub.
  schema {
    name                = "source_sub"
    attribute_data_type = "String"
    mutable             = false
    string_attribute_constraints {
      min_length = 36
      max_length = 36
    }
  }
  schema {
    name                = "plan"
    attribute_data_type = "String"
    mutable             = true
    string_attribute_constraints {}
  }
}

resource "aws_cognito_user_pool_client" "application" {
  name         = "application"
  user_pool_id = aws_cognito_user_pool.destination.id

  # Migration: the trigger needs the password itself, which SRP never sends. Back to ALLOW_USER_SRP_AUTH afterwards.
  explicit_auth_flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]

  # Migration: keeps custom:source_sub out of reach of sign-up.
  write_attributes              = ["email", "name", "phone_number"]
  prevent_user_existence_errors = "ENABLED"
}

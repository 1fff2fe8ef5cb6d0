# Without AWS: `terraform init && terraform test` in this module's folder, with Terraform 1.7 or later.

mock_provider "aws" {
  mock_data "aws_cognito_user_pool" {
    defaults = {
      arn                 = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbCdEfGhI"
      mfa_configuration   = "OPTIONAL"
      username_attributes = ["phone_number", "email"]
      schema_attributes = [
        { name = "sub", required = true },
        { name = "email", required = true },
        { name = "nickname", required = false },
        { name = "custom:tier", required = false },
      ]
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/cognito_migration_customers" }
  }
}

variables {
  user_pool_name      = "customers"
  source_user_pool_id = "eu-west-1_AbCdEfGhI"
  source_account      = "111111111111"
  destination_account = "222222222222"
}

run "one_role_may_assume_the_role_with_the_external_id" {
  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy) == {
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::222222222222:root" }
        Action    = "sts:AssumeRole"
        Condition = {
          ArnEquals    = { "aws:PrincipalArn" = "arn:aws:iam::222222222222:role/cognito_migration_lambda_customers" }
          StringEquals = { "sts:ExternalId" = "cognito-migration/customers/eu-west-1_AbCdEfGhI/222222222222" }
        }
      }]
    }
    error_message = "The trust policy is ${aws_iam_role.this.assume_role_policy}."
  }
  assert {
    condition = jsondecode(aws_iam_role_policy.this.policy) == {
      Version = "2012-10-17"
      Statement = [{
        Effect   = "Allow"
        Action   = ["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser"]
        Resource = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbCdEfGhI"
      }]
    }
    error_message = "The permissions are ${aws_iam_role_policy.this.policy}."
  }
  assert {
    condition     = output.mfa_configuration == "OPTIONAL" && output.username_attributes == "email,phone_number" && output.region == "eu-west-1"
    error_message = "The outputs say something else of the pool."
  }
}

run "another_name_in_the_same_state_is_refused" {
  command = plan

  variables {
    user_pool_name = "others"
  }

  expect_failures = [output.migration]
}

run "the_app_client_reads_and_writes_as_little_as_cognito_allows" {
  command = plan

  assert {
    condition     = aws_cognito_user_pool_client.this.read_attributes == toset(["locale"])
    error_message = "The app client reads more than locale."
  }
  assert {
    condition     = aws_cognito_user_pool_client.this.write_attributes == toset(["email", "locale"])
    error_message = "The app client writes something else than locale and the required attributes."
  }
  assert {
    condition     = aws_cognito_user_pool_client.this.explicit_auth_flows == toset(["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    error_message = "The app client has other flows."
  }
}

run "path_boundary_and_tags_reach_the_role" {
  command = plan

  variables {
    iam_path             = "/migration/"
    destination_iam_path = "/functions/"
    permissions_boundary = "arn:aws:iam::111111111111:policy/boundary"
    tags                 = { team = "identity" }
  }

  assert {
    condition     = aws_iam_role.this.path == "/migration/" && aws_iam_role.this.permissions_boundary == var.permissions_boundary && aws_iam_role.this.tags == tomap({ team = "identity" })
    error_message = "Path, boundary or tags did not reach the role."
  }
  assert {
    condition     = strcontains(aws_iam_role.this.assume_role_policy, "role/functions/cognito_migration_lambda_customers\"")
    error_message = "The trust policy names the function's role without its path."
  }
}

run "attributes_of_the_schema_are_accepted" {
  command = plan

  variables {
    attribute_exclude = ["nickname"]
    attribute_map     = { sub = "custom:source_sub", "custom:tier" = "custom:plan" }
  }
}

run "attributes_that_the_schema_does_not_have_are_refused" {
  command = plan

  variables {
    attribute_exclude = ["custom:tear"]
  }

  expect_failures = [aws_cognito_user_pool_client.this]
}

run "a_pool_of_another_account_is_refused" {
  command = plan

  variables {
    source_account = "333333333333"
  }

  expect_failures = [data.aws_cognito_user_pool.this]
}

run "an_attribute_in_both_rules_is_refused" {
  command = plan

  variables {
    attribute_exclude = ["custom:tier"]
    attribute_map     = { "custom:tier" = "custom:plan" }
  }

  expect_failures = [terraform_data.identity]
}

run "what_is_no_setting_is_refused" {
  command = plan

  variables {
    user_pool_name       = "lambda_customers"
    source_user_pool_id  = "eu-west-1_OldPool"
    source_region        = "Ireland"
    source_account       = "1111"
    destination_account  = "2222"
    external_id          = "a b"
    attribute_exclude    = ["tier"]
    attribute_map        = { sub = "email" }
    iam_path             = "migration"
    destination_iam_path = "functions/"
    permissions_boundary = "boundary"
    tags                 = { Team = "identity", team = "identity" }
  }

  expect_failures = [
    var.user_pool_name,
    var.source_user_pool_id,
    var.source_region,
    var.source_account,
    var.destination_account,
    var.external_id,
    var.attribute_exclude,
    var.attribute_map,
    var.iam_path,
    var.destination_iam_path,
    var.permissions_boundary,
    var.tags,
  ]
}

# Without AWS: `terraform init && terraform test` in this module's folder, with Terraform 1.7 or later. Any file does for the
# function's zip: nothing is uploaded.

mock_provider "aws" {
  mock_data "aws_cognito_user_pool" {
    defaults = {
      arn                 = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_AbCdEfGhI"
      mfa_configuration   = "OFF"
      username_attributes = ["email"]
      schema_attributes = [
        {
          name                         = "sub", attribute_data_type = "String", required = true, developer_only_attribute = false
          string_attribute_constraints = [{ min_length = "1", max_length = "2048" }], number_attribute_constraints = []
        },
        {
          name                         = "email", attribute_data_type = "String", required = true, developer_only_attribute = false
          string_attribute_constraints = [{ min_length = "0", max_length = "2048" }], number_attribute_constraints = []
        },
        {
          name                         = "custom:source_sub", attribute_data_type = "String", required = false, developer_only_attribute = false
          string_attribute_constraints = [], number_attribute_constraints = []
        },
        {
          name                         = "dev:note", attribute_data_type = "String", required = false, developer_only_attribute = true
          string_attribute_constraints = [], number_attribute_constraints = []
        },
      ]
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::222222222222:role/cognito_migration_lambda_customers" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers" }
  }
}

variables {
  user_pool_name             = "customers"
  source_user_pool_id        = "eu-west-1_AbCdEfGhI"
  destination_user_pool_arn  = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_AbCdEfGhI"
  source_role_arn            = "arn:aws:iam::111111111111:role/cognito_migration_customers"
  source_app_client_id       = "1h57kf5cpq17m0eml12EXAMPLE"
  source_username_attributes = "email"
  handler_zip                = "main.tf"
  # The newest that hashicorp/aws 5 knows.
  lambda_runtime = "nodejs22.x"
}

run "the_function_is_told_what_it_must_know" {
  variables {
    attribute_map                = { sub = "custom:source_sub" }
    destination_alias_attributes = []
  }

  assert {
    condition = nonsensitive(tomap({ for name, value in aws_lambda_function.this.environment[0].variables : name => value if name != "LOG_USER_KEY" })) == tomap({
      SOURCE_ROLE_ARN                 = "arn:aws:iam::111111111111:role/cognito_migration_customers"
      SOURCE_APP_CLIENT_ID            = "1h57kf5cpq17m0eml12EXAMPLE"
      SOURCE_USER_POOL_ID             = "eu-west-1_AbCdEfGhI"
      SOURCE_REGION                   = "eu-west-1"
      SOURCE_MFA_CONFIGURATION        = "ON"
      SOURCE_USERNAME_ATTRIBUTES      = "email"
      EXTERNAL_ID                     = "cognito-migration/customers/eu-west-1_AbCdEfGhI/222222222222"
      DESTINATION_USER_POOL_ID        = "eu-central-1_AbCdEfGhI"
      DESTINATION_SCHEMA              = "{\"String - -\":[\"custom:source_sub\"],\"String 0 2048 required\":[\"email\"],\"String 1 2048\":[\"sub\"]}"
      DESTINATION_USERNAME_ATTRIBUTES = "email"
      DESTINATION_CASE_SENSITIVE      = "true"
      DESTINATION_ALIAS_ATTRIBUTES    = "none"
      FORGOT_PASSWORD                 = "migrate"
      UNPROVEN_PASSWORD               = "migrate"
      MFA_POLICY                      = "reject"
      ATTRIBUTE_MAP                   = "sub=custom:source_sub"
    })
    error_message = "The function's environment is another one."
  }
  assert {
    condition     = length(nonsensitive(aws_lambda_function.this.environment[0].variables["LOG_USER_KEY"])) == 36
    error_message = "The function has no key."
  }
}

run "a_second_plan_keeps_the_key" {
  # A key made anew would not be known to a plan.
  command = plan

  assert {
    condition     = length(nonsensitive(terraform_data.log_user_key.triggers_replace.key)) == 36
    error_message = "The key would be made anew."
  }
}

run "another_name_in_the_same_state_is_refused" {
  command = plan

  variables {
    user_pool_name = "others"
  }

  expect_failures = [output.migration]
}

run "the_function_may_assume_one_role_and_write_one_log" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role_policy.this.policy) == {
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::111111111111:role/cognito_migration_customers" },
        {
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/cognito_migration_customers:*"
        },
      ]
    }
    error_message = "The permissions are ${aws_iam_role_policy.this.policy}."
  }
  assert {
    condition     = aws_lambda_permission.this.source_arn == var.destination_user_pool_arn && aws_lambda_permission.this.source_account == "222222222222"
    error_message = "Others than the user pool may call the function."
  }
}

run "path_boundary_key_and_tags_reach_what_has_them" {
  command = plan

  variables {
    iam_path             = "/functions/"
    permissions_boundary = "arn:aws:iam::222222222222:policy/boundary"
    log_kms_key_arn      = "arn:aws:kms:eu-central-1:222222222222:key/01234567-89ab-cdef-0123-456789abcdef"
    tags                 = { team = "identity" }
  }

  assert {
    condition     = aws_iam_role.this.path == "/functions/" && aws_iam_role.this.permissions_boundary == var.permissions_boundary
    error_message = "Path or boundary did not reach the role."
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == var.log_kms_key_arn
    error_message = "The log is not encrypted with the key."
  }
  assert {
    condition = alltrue([
      for tags in concat(
        [aws_iam_role.this.tags, aws_cloudwatch_log_group.this.tags, aws_lambda_function.this.tags],
        [for alarm in aws_cloudwatch_metric_alarm.count : alarm.tags],
        [for alarm in aws_cloudwatch_metric_alarm.share : alarm.tags],
      ) : tags == tomap({ team = "identity" })
    ])
    error_message = "Something that can carry tags has none."
  }
}

run "the_alarms_notify_the_topic" {
  command = plan

  variables {
    alarm_topic_arn      = "arn:aws:sns:eu-central-1:222222222222:operators"
    source_sign_in_quota = 3
  }

  assert {
    condition = length(merge(aws_cloudwatch_metric_alarm.count, aws_cloudwatch_metric_alarm.share)) == 7 && alltrue([
      for alarm in merge(aws_cloudwatch_metric_alarm.count, aws_cloudwatch_metric_alarm.share) :
      alarm.alarm_actions == toset([var.alarm_topic_arn]) && alarm.ok_actions == toset([var.alarm_topic_arn])
    ])
    error_message = "An alarm is missing, or does not notify the topic."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.count["source-quota"].threshold == 144
    error_message = "80 % of 3 a second are 144 a minute, not ${aws_cloudwatch_metric_alarm.count["source-quota"].threshold}."
  }
}

run "what_the_pool_does_not_have_is_refused" {
  command = plan

  variables {
    attribute_exclude            = ["custom:legacy"]
    attribute_map                = { sub = "custom:nowhere" }
    mfa_policy                   = "sms"
    destination_alias_attributes = ["email"]
  }

  expect_failures = [aws_lambda_function.this]
}

run "an_environment_that_lambda_would_refuse_is_refused" {
  command = plan

  variables {
    external_id          = format("%01200d", 0)
    source_role_arn      = "arn:aws:iam::111111111111:role/${format("%0500d", 0)}"
    attribute_map        = { sub = "custom:source_sub" }
    source_app_client_id = format("%0128d", 0)
    # Of the same name: each is in the list once more.
    attribute_exclude = [for _ in range(400) : "email"]
  }

  expect_failures = [aws_lambda_function.this]
}

run "what_is_right_alone_and_wrong_together_is_refused" {
  command = plan

  variables {
    source_account    = "333333333333"
    alarm_topic_arn   = "arn:aws:sns:eu-west-1:222222222222:operators"
    attribute_exclude = ["custom:source_sub"]
    attribute_map     = { "custom:source_sub" = "nickname" }
    handler_zip       = "nowhere.zip"
  }

  expect_failures = [terraform_data.identity, aws_lambda_function.this]
}

run "what_is_no_setting_is_refused" {
  command = plan

  variables {
    user_pool_name               = "forty-characters-are-too-many-for-a-role"
    source_user_pool_id          = "eu-west-1_SourcePool"
    source_region                = "Ireland"
    source_account               = "1111"
    external_id                  = "a"
    destination_user_pool_arn    = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-west-1_AbCdEfGhI"
    source_role_arn              = "cognito_migration_customers"
    source_app_client_id         = "a-b"
    source_mfa_configuration     = "MAYBE"
    source_username_attributes   = "nickname"
    mfa_policy                   = "ignore"
    forgot_password              = "remember"
    unproven_password            = "remember"
    attribute_exclude            = ["tier"]
    attribute_map                = { sub = "email" }
    destination_alias_attributes = ["name"]
    lambda_runtime               = "nodejs20.x"
    lambda_memory_mb             = 64
    lambda_reserved_concurrency  = 0
    log_retention_days           = 2
    log_kms_key_arn              = "alias/logs"
    alarm_topic_arn              = "operators"
    source_sign_in_quota         = 0.5
    iam_path                     = "functions"
    permissions_boundary         = "boundary"
    tags                         = { "aws:team" = "identity" }
  }

  expect_failures = [
    var.user_pool_name,
    var.source_user_pool_id,
    var.source_region,
    var.source_account,
    var.external_id,
    var.destination_user_pool_arn,
    var.source_role_arn,
    var.source_app_client_id,
    var.source_mfa_configuration,
    var.source_username_attributes,
    var.mfa_policy,
    var.forgot_password,
    var.unproven_password,
    var.attribute_exclude,
    var.attribute_map,
    var.destination_alias_attributes,
    var.lambda_runtime,
    var.lambda_memory_mb,
    var.lambda_reserved_concurrency,
    var.log_retention_days,
    var.log_kms_key_arn,
    var.alarm_topic_arn,
    var.source_sign_in_quota,
    var.iam_path,
    var.permissions_boundary,
    var.tags,
  ]
}

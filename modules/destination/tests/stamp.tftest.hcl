# Stamps, groups and the token function, without AWS. Any file does for the zips: nothing is uploaded.

mock_provider "aws" {
  mock_data "aws_cognito_user_pool" {
    defaults = {
      arn                 = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_AbCdEfGhI"
      mfa_configuration   = "OFF"
      username_attributes = ["email"]
      schema_attributes = [
        {
          name                         = "custom:migration", attribute_data_type = "String", required = false, developer_only_attribute = false, mutable = true
          string_attribute_constraints = [{ min_length = "0", max_length = "2048" }], number_attribute_constraints = []
        },
        {
          name                         = "custom:short", attribute_data_type = "String", required = false, developer_only_attribute = false, mutable = true
          string_attribute_constraints = [{ min_length = "0", max_length = "2047" }], number_attribute_constraints = []
        },
        {
          name                         = "custom:long", attribute_data_type = "String", required = false, developer_only_attribute = false, mutable = true
          string_attribute_constraints = [{ min_length = "129", max_length = "2048" }], number_attribute_constraints = []
        },
        {
          name                         = "custom:fixed", attribute_data_type = "String", required = false, developer_only_attribute = false, mutable = false
          string_attribute_constraints = [{ min_length = "0", max_length = "2048" }], number_attribute_constraints = []
        },
        {
          name                         = "custom:number", attribute_data_type = "Number", required = false, developer_only_attribute = false, mutable = true
          string_attribute_constraints = [], number_attribute_constraints = []
        },
      ]
    }
  }
  mock_data "aws_cognito_user_groups" {
    defaults = {
      groups = [
        { group_name = "staff", description = "", precedence = 0, role_arn = null },
        { group_name = "employees", description = "", precedence = 0, role_arn = "" },
        { group_name = "admins", description = "", precedence = 0, role_arn = "arn:aws:iam::222222222222:role/admins" },
        { group_name = "auditors", description = "", precedence = 0, role_arn = "arn:aws:iam::222222222222:role/auditors" },
      ]
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::222222222222:role/cognito_migration_lambda_customers" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_token_customers" }
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
  token_zip                  = "main.tf"
  # The newest that hashicorp/aws 5 knows.
  lambda_runtime = "nodejs22.x"
}

run "off_there_is_nothing_of_it" {
  command = plan

  variables {
    # Nobody reads it.
    token_zip = "nowhere.zip"
  }

  assert {
    condition = sum([for all in [
      terraform_data.stamp_key, data.aws_cognito_user_groups.this, aws_lambda_function.token, aws_iam_role.token, aws_iam_role_policy.token,
      aws_lambda_permission.token, aws_cloudwatch_log_group.token, aws_cloudwatch_metric_alarm.token,
    ] : length(all)]) == 0
    error_message = "There is something of stamps or of the token function."
  }
  assert {
    condition     = output.token_lambda_arn == null && aws_lambda_function.this.kms_key_arn == null && !strcontains(aws_cloudwatch_dashboard.this.dashboard_body, "token")
    error_message = "Something speaks of the token function."
  }
}

run "a_kms_key_alone_makes_no_stamps" {
  command = plan

  variables {
    lambda_kms_key_arn = "arn:aws:kms:eu-central-1:222222222222:key/mrk-0123456789abcdef0123456789abcdef"
  }

  assert {
    condition     = aws_lambda_function.this.kms_key_arn == var.lambda_kms_key_arn && length(terraform_data.stamp_key) == 0 && length(aws_lambda_function.token) == 0
    error_message = "The key is not the function's, or there is more."
  }
}

run "stamps_alone_need_no_second_function" {
  variables {
    migration_stamp    = "on"
    stamp_key_readable = "accept"
  }

  assert {
    condition     = length(aws_lambda_function.token) == 0 && length(aws_cloudwatch_metric_alarm.token) == 0 && length(data.aws_cognito_user_groups.this) == 0
    error_message = "There is a token function."
  }
  assert {
    condition     = can(regex("^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){2}$", nonsensitive(aws_lambda_function.this.environment[0].variables["STAMP_KEY"])))
    error_message = "The key is not of two UUIDs."
  }
  assert {
    condition     = aws_lambda_function.this.environment[0].variables["STAMP_ATTRIBUTE"] == "custom:migration"
    error_message = "The function does not know where the stamp goes."
  }
}

run "groups_reach_both_functions" {
  variables {
    migration_stamp        = "on"
    lambda_kms_key_arn     = "arn:aws:kms:eu-central-1:222222222222:key/mrk-0123456789abcdef0123456789abcdef"
    groups_mode            = "token+member"
    groups                 = ["*", "admin"]
    groups_map             = { staff = "employees", admin = "admins" }
    groups_or_refuse       = ["suspended"]
    groups_window          = "30m"
    migrated_event_bus_arn = "arn:aws:events:eu-central-1:222222222222:event-bus/default"
  }

  assert {
    condition = { for name in ["GROUPS", "GROUPS_MAP", "GROUPS_OR_REFUSE", "DESTINATION_GROUPS"] : name => nonsensitive(aws_lambda_function.this.environment[0].variables[name]) } == {
      GROUPS           = "*,admin"
      GROUPS_MAP       = "admin=admins,staff=employees"
      GROUPS_OR_REFUSE = "suspended"
      # Of those with a role the one that somebody has named.
      DESTINATION_GROUPS = "[\"admins\",\"employees\",\"staff\"]"
    }
    error_message = "The migrating function is told something else of groups."
  }
  assert {
    condition = nonsensitive(tomap({ for name, value in aws_lambda_function.token[0].environment[0].variables : name => value if name != "STAMP_KEY" })) == tomap({
      STAMP_ATTRIBUTE                 = "custom:migration"
      DESTINATION_USER_POOL_ID        = "eu-central-1_AbCdEfGhI"
      DESTINATION_USERNAME_ATTRIBUTES = "email"
      DESTINATION_CASE_SENSITIVE      = "true"
      GROUPS_MODE                     = "token+member"
      GROUPS_WINDOW                   = "1800"
      MIGRATED_EVENT_BUS_ARN          = "arn:aws:events:eu-central-1:222222222222:event-bus/default"
    })
    error_message = "The token function's environment is another one."
  }
  assert {
    condition     = nonsensitive(alltrue([for fn in [aws_lambda_function.this, aws_lambda_function.token[0]] : fn.environment[0].variables["STAMP_KEY"] == terraform_data.stamp_key["1"].triggers_replace.key]))
    error_message = "One signs with another key than the other accepts."
  }
  assert {
    condition     = aws_lambda_function.this.kms_key_arn == var.lambda_kms_key_arn && aws_lambda_function.token[0].kms_key_arn == var.lambda_kms_key_arn
    error_message = "An environment is not encrypted with the key."
  }
  assert {
    condition = jsondecode(aws_iam_role_policy.token[0].policy) == {
      Version = "2012-10-17"
      Statement = [
        {
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/cognito_migration_token_customers:*"
        },
        { Effect = "Allow", Action = "cognito-idp:AdminAddUserToGroup", Resource = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_AbCdEfGhI" },
        {
          Effect   = "Allow"
          Action   = "events:PutEvents"
          Resource = "arn:aws:events:eu-central-1:222222222222:event-bus/default"
          Condition = {
            "ForAllValues:StringEquals" = {
              "events:source"      = "cognito-migration"
              "events:detail-type" = "UserMigrated"
            }
          }
        },
      ]
    }
    error_message = "The permissions are ${aws_iam_role_policy.token[0].policy}."
  }
  assert {
    condition     = aws_lambda_permission.token[0].source_arn == var.destination_user_pool_arn && aws_lambda_permission.token[0].source_account == "222222222222"
    error_message = "Others than the user pool may call the token function."
  }
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.token) == 5 && length([for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : widget if length(try(widget.properties.alarms, [])) == 12]) == 1
    error_message = "An alarm is missing, or the dashboard does not show it."
  }
  assert {
    condition     = output.token_lambda_arn == aws_lambda_function.token[0].arn
    error_message = "The output is another function."
  }
}

run "a_rotation_keeps_the_key_before_it" {
  # A key made anew would not be known to a plan.
  command = plan

  variables {
    migration_stamp    = "on"
    stamp_key_number   = 2
    stamp_key_readable = "accept"
  }

  assert {
    condition     = length(nonsensitive(terraform_data.stamp_key["1"].triggers_replace.key)) == 72
    error_message = "The key would be made anew."
  }
}

run "both_functions_know_of_a_rotation" {
  variables {
    migration_stamp    = "on"
    stamp_key_number   = 2
    stamp_key_readable = "accept"
    groups_mode        = "token"
    groups             = ["staff", "a,b"]
  }

  assert {
    condition     = nonsensitive(aws_lambda_function.token[0].environment[0].variables["STAMP_KEY_BEFORE"] == terraform_data.stamp_key["1"].triggers_replace.key)
    error_message = "What was signed before the rotation counts no more."
  }
  assert {
    condition     = nonsensitive(alltrue([for fn in [aws_lambda_function.this, aws_lambda_function.token[0]] : fn.environment[0].variables["STAMP_KEY"] == terraform_data.stamp_key["2"].triggers_replace.key])) && nonsensitive(terraform_data.stamp_key["2"].triggers_replace.key != terraform_data.stamp_key["1"].triggers_replace.key)
    error_message = "The function signs with the key from before."
  }
  assert {
    condition     = nonsensitive(aws_lambda_function.this.environment[0].variables["GROUPS"]) == "[\"staff\",\"a,b\"]"
    error_message = "A name with a comma in it is two names."
  }
  assert {
    condition     = length(jsondecode(aws_iam_role_policy.token[0].policy).Statement) == 1
    error_message = "Nothing is to be sent, and the role may do more than log."
  }
}

run "an_attribute_that_cannot_hold_a_stamp_is_refused" {
  command = plan

  variables {
    migration_stamp    = "on"
    stamp_key_readable = "accept"
    stamp_attribute    = "custom:short"
  }

  expect_failures = [aws_lambda_function.this]
}

run "so_is_one_that_takes_no_short_stamp" {
  command = plan

  variables {
    migration_stamp    = "on"
    stamp_key_readable = "accept"
    stamp_attribute    = "custom:long"
  }

  expect_failures = [aws_lambda_function.this]
}

run "so_is_one_that_cannot_change" {
  command = plan

  variables {
    migration_stamp    = "on"
    stamp_key_readable = "accept"
    stamp_attribute    = "custom:fixed"
  }

  expect_failures = [aws_lambda_function.this]
}

run "a_readable_key_needs_consent" {
  command = plan

  variables {
    migration_stamp = "on"
  }

  expect_failures = [terraform_data.identity]
}

run "groups_need_stamps" {
  command = plan

  variables {
    groups_mode = "token"
    groups      = ["staff"]
  }

  expect_failures = [terraform_data.identity]
}

run "groups_that_are_off_name_none" {
  command = plan

  variables {
    groups = ["staff"]
  }

  expect_failures = [terraform_data.identity]
}

run "groups_that_take_access_away_need_membership" {
  command = plan

  variables {
    migration_stamp    = "on"
    stamp_key_readable = "accept"
    groups_mode        = "token"
    groups             = ["*"]
    groups_or_refuse   = ["suspended"]
  }

  expect_failures = [terraform_data.identity]
}

run "a_key_of_another_region_is_refused" {
  command = plan

  variables {
    lambda_kms_key_arn = "arn:aws:kms:eu-west-1:222222222222:key/mrk-0123456789abcdef0123456789abcdef"
  }

  expect_failures = [terraform_data.identity]
}

run "what_is_no_setting_is_refused" {
  command = plan

  variables {
    migration_stamp        = "yes"
    stamp_attribute        = "nickname"
    stamp_key_number       = 0
    stamp_key_readable     = "true"
    lambda_kms_key_arn     = "arn:aws:kms:eu-central-1:222222222222:alias/functions"
    groups_mode            = "member"
    groups                 = ["staff", "staff"]
    groups_map             = { staff = "*" }
    groups_or_refuse       = ["*"]
    groups_window          = "9m"
    migrated_event_bus_arn = "default"
  }

  expect_failures = [
    var.migration_stamp,
    var.stamp_attribute,
    var.stamp_key_number,
    var.stamp_key_readable,
    var.lambda_kms_key_arn,
    var.groups_mode,
    var.groups,
    var.groups_map,
    var.groups_or_refuse,
    var.groups_window,
    var.migrated_event_bus_arn,
  ]
}

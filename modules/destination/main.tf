# In the destination account: the function, what it may do, and who may call it. The user pool itself stays untouched.

locals {
  pool_arn  = split(":", var.destination_user_pool_arn)
  partition = local.pool_arn[1]
  region    = local.pool_arn[3]
  account   = local.pool_arn[4]
  pool_id   = split("/", local.pool_arn[5])[1]

  # The source's trust policy and the alarms know these before anything exists, so nothing asks Terraform for them.
  function_name = "cognito_migration_${var.user_pool_name}"
  log_group     = "/aws/lambda/${local.function_name}"
  external_id   = coalesce(var.external_id, "cognito-migration/${var.user_pool_name}/${var.source_user_pool_id}/${local.account}")
  source_region = coalesce(var.source_region, split("_", var.source_user_pool_id)[0])

  handler_zip = coalesce(var.handler_zip, "${path.module}/../../dist/handler.zip")

  # What AWS leaves out of its answer is null here.
  pool                = data.aws_cognito_user_pool.this
  schema              = coalesce(local.pool.schema_attributes, [])
  username_attributes = coalesce(local.pool.username_attributes, [])
}

# Remembers what this is of: under another name, or for another pool, Terraform would replace what users sign in through.
resource "terraform_data" "identity" {
  input = { migration = var.user_pool_name, user_pool_id = local.pool_id }

  lifecycle {
    ignore_changes = [input]

    # What is right alone, and wrong together. Here, and not at the data source: a plan would not read the pool while what such a
    # condition names is still to be made.
    precondition {
      condition     = var.source_user_pool_id != local.pool_id
      error_message = "source_user_pool_id: found ${jsonencode(var.source_user_pool_id)}, expected another user pool than the one in destination_user_pool_arn."
    }
    precondition {
      condition     = local.partition == local.destination_partition
      error_message = "destination_user_pool_arn: found ${jsonencode(var.destination_user_pool_arn)}, expected partition ${local.destination_partition}, where Region ${local.region} is."
    }
    # AWS never lets a role of one partition assume a role of another.
    precondition {
      condition     = local.partition == local.source_partition
      error_message = "destination_user_pool_arn: found ${jsonencode(var.destination_user_pool_arn)}, expected a user pool in partition ${local.source_partition}, like the source."
    }
    precondition {
      condition     = split(":", var.source_role_arn)[1] == local.source_partition
      error_message = "source_role_arn: found ${jsonencode(var.source_role_arn)}, expected a role in partition ${local.source_partition}, where the source user pool is."
    }
    precondition {
      condition     = var.source_account == null || split(":", var.source_role_arn)[4] == var.source_account
      error_message = "source_role_arn: found ${jsonencode(var.source_role_arn)}, expected a role in account ${jsonencode(var.source_account)}, as in source_account."
    }
    precondition {
      condition     = var.alarm_topic_arn == null || try(split(":", var.alarm_topic_arn)[1] == local.partition && split(":", var.alarm_topic_arn)[3] == local.region, true)
      error_message = "alarm_topic_arn: found ${jsonencode(var.alarm_topic_arn)}, expected a topic in partition ${local.partition} and Region ${local.region}, where the alarms are."
    }
    precondition {
      condition     = length(setintersection(var.attribute_exclude, keys(var.attribute_map))) == 0
      error_message = "attribute_exclude: found ${jsonencode(var.attribute_exclude)}, expected no attribute that attribute_map carries over."
    }
    precondition {
      condition     = length(local.stamp_contradictions) == 0
      error_message = join("\n", local.stamp_contradictions)
    }
  }
}

data "aws_cognito_user_pool" "this" {
  user_pool_id = local.pool_id
}

resource "aws_cloudwatch_log_group" "this" {
  name              = local.log_group
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}

resource "aws_iam_role" "this" {
  name                 = "cognito_migration_lambda_${var.user_pool_name}"
  path                 = var.iam_path
  description          = "Execution role of ${local.function_name}"
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# One role to assume and one log group to write to; Terraform makes the group, so CreateLogGroup is not needed.
resource "aws_iam_role_policy" "this" {
  name = "assume-source-role-and-log"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "sts:AssumeRole"
        Resource = var.source_role_arn
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:${local.log_group}:*"
      },
    ]
  })
}

# A random key that Terraform makes once and keeps in the state, and in the function's environment. `triggers_replace`, because
# that is taken as it is: what goes through `input` comes back as an output that no plan knows to be sensitive.
# https://developer.hashicorp.com/terraform/language/resources/terraform-data
resource "terraform_data" "log_user_key" {
  triggers_replace = { key = sensitive(uuid()) }

  lifecycle {
    ignore_changes = [triggers_replace]
  }
}

resource "aws_lambda_function" "this" {
  function_name                  = local.function_name
  description                    = "User migration trigger of ${local.pool_id}: moves users from ${var.source_user_pool_id} at sign-in"
  role                           = aws_iam_role.this.arn
  filename                       = local.handler_zip
  source_code_hash               = filebase64sha256(local.handler_zip)
  handler                        = "index.handler"
  runtime                        = var.lambda_runtime
  architectures                  = ["arm64"]
  memory_size                    = var.lambda_memory_mb
  reserved_concurrent_executions = var.lambda_reserved_concurrency
  kms_key_arn                    = var.lambda_kms_key_arn
  # Cognito's own limit for a trigger.
  timeout = 5
  tags    = var.tags

  # Alarms, dashboard and status read fields of JSON lines, of level INFO as well.
  logging_config {
    log_format            = "JSON"
    application_log_level = "INFO"
    system_log_level      = "INFO"
    log_group             = aws_cloudwatch_log_group.this.name
  }

  environment {
    variables = merge(
      local.environment,
      { LOG_USER_KEY = sensitive(terraform_data.log_user_key.triggers_replace.key) },
      local.stamps ? { STAMP_KEY = sensitive(terraform_data.stamp_key[local.key_number].triggers_replace.key) } : {},
    )
  }

  depends_on = [aws_iam_role_policy.this]

  lifecycle {
    precondition {
      condition     = fileexists(local.handler_zip)
      error_message = "handler_zip: found no file ${local.handler_zip}, expected the function's zip, of a release or as npm run build makes it."
    }
    precondition {
      condition     = local.pool.arn == var.destination_user_pool_arn
      error_message = "destination_user_pool_arn is not the ARN of user pool ${local.pool_id} in this account and Region."
    }
    precondition {
      condition     = length(local.missing_attributes) == 0
      error_message = join("\n", local.missing_attributes)
    }
    precondition {
      condition     = !local.stamps || local.can_hold_stamp
      error_message = "stamp_attribute is ${var.stamp_attribute}, and ${local.pool_id} has no such attribute that is a String of up to 2048 characters that takes 128 too, mutable and not required: Cognito would refuse every user. Add it to the pool first."
    }
    precondition {
      condition     = var.mfa_policy != "sms" || coalesce(local.pool.mfa_configuration, "OFF") != "OFF"
      error_message = "mfa_policy is sms, but MFA is off in ${local.pool_id}: Cognito would refuse every user with SMS MFA. Turn MFA on (optional) first."
    }
    precondition {
      condition     = length(coalesce(var.destination_alias_attributes, [])) == 0 || length(local.username_attributes) == 0
      error_message = "destination_alias_attributes is set, but ${local.pool_id} has UsernameAttributes, and a pool cannot have both. Unset it."
    }
    precondition {
      condition     = local.environment_bytes <= 4096
      error_message = "The function's environment would have ${local.environment_bytes} bytes, and Lambda takes 4096. Shorten external_id, attribute_exclude, attribute_map, groups, groups_map or groups_or_refuse. The schema of the destination, which cannot be shortened, takes ${length(local.environment.DESTINATION_SCHEMA)}.${length(var.groups) == 0 ? "" : " Its groups take ${length(local.environment.DESTINATION_GROUPS)}: name those that are to travel, instead of *."}"
    }
  }
}

resource "aws_lambda_permission" "this" {
  statement_id   = "user-migration-trigger"
  function_name  = aws_lambda_function.this.function_name
  action         = "lambda:InvokeFunction"
  principal      = "cognito-idp.amazonaws.com"
  source_arn     = var.destination_user_pool_arn
  source_account = local.account
}

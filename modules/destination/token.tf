# The function on PreTokenGeneration, what it may do, and who may call it. It is there where groups or events ask for it, and never without stamps.

locals {
  has_token_function = local.stamps && (var.groups_mode != "off" || var.migrated_event_bus_arn != null)
  token_count        = local.has_token_function ? 1 : 0

  token_name      = "cognito_migration_token_${var.user_pool_name}"
  token_log_group = "/aws/lambda/${local.token_name}"
  token_zip       = coalesce(var.token_zip, "${path.module}/../../dist/token.zip")
}

resource "aws_cloudwatch_log_group" "token" {
  count = local.token_count

  name              = local.token_log_group
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}

resource "aws_iam_role" "token" {
  count = local.token_count

  name                 = local.token_name
  path                 = var.iam_path
  description          = "Execution role of ${local.token_name}"
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

# One log group to write to, and no more than what is switched on. IAM cannot narrow AdminAddUserToGroup to a group:
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
# Events of this migration and no others, so that nobody forges another system's with the role.
resource "aws_iam_role_policy" "token" {
  count = local.token_count

  name = "log-and-send"
  role = aws_iam_role.token[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:${local.token_log_group}:*"
      }],
      var.groups_mode != "token+member" ? [] : [{
        Effect   = "Allow"
        Action   = "cognito-idp:AdminAddUserToGroup"
        Resource = var.destination_user_pool_arn
      }],
      var.migrated_event_bus_arn == null ? [] : [{
        Effect   = "Allow"
        Action   = "events:PutEvents"
        Resource = var.migrated_event_bus_arn
        Condition = {
          "ForAllValues:StringEquals" = {
            "events:source"      = "cognito-migration"
            "events:detail-type" = "UserMigrated"
          }
        }
      }],
    )
  })
}

# No reserved concurrency: everybody's token waits for it, and whom Lambda turns away cannot sign in.
resource "aws_lambda_function" "token" {
  count = local.token_count

  function_name    = local.token_name
  description      = "Pre token generation trigger of ${local.pool_id}: what tokens carry of a migration"
  role             = aws_iam_role.token[0].arn
  filename         = local.token_zip
  source_code_hash = filebase64sha256(local.token_zip)
  handler          = "index.handler"
  runtime          = var.lambda_runtime
  architectures    = ["arm64"]
  memory_size      = var.lambda_memory_mb
  kms_key_arn      = var.lambda_kms_key_arn
  # A shorter one would end nothing earlier, and fail a sign-in that Cognito still waits for.
  timeout = 5
  tags    = var.tags

  # Lambda's own three lines for each token, of every user, would be most of the log.
  logging_config {
    log_format            = "JSON"
    application_log_level = "INFO"
    system_log_level      = "WARN"
    log_group             = aws_cloudwatch_log_group.token[0].name
  }

  environment {
    variables = merge(
      {
        STAMP_ATTRIBUTE                 = var.stamp_attribute
        STAMP_KEY                       = sensitive(terraform_data.stamp_key[local.key_number].triggers_replace.key)
        DESTINATION_USER_POOL_ID        = local.pool_id
        DESTINATION_USERNAME_ATTRIBUTES = coalesce(join(",", sort(local.username_attributes)), "none")
        DESTINATION_CASE_SENSITIVE      = tostring(var.destination_case_sensitive)
        GROUPS_MODE                     = var.groups_mode
        GROUPS_WINDOW                   = tostring(tonumber(regex("^[0-9]+", var.groups_window)) * (endswith(var.groups_window, "h") ? 3600 : 60))
      },
      var.stamp_key_number == 1 ? {} : { STAMP_KEY_BEFORE = sensitive(terraform_data.stamp_key[local.key_before].triggers_replace.key) },
      var.migrated_event_bus_arn == null ? {} : { MIGRATED_EVENT_BUS_ARN = var.migrated_event_bus_arn },
    )
  }

  depends_on = [aws_iam_role_policy.token]

  lifecycle {
    precondition {
      condition     = fileexists(local.token_zip)
      error_message = "token_zip: found no file ${local.token_zip}, expected the token function's zip, of a release or as npm run build makes it."
    }
  }
}

resource "aws_lambda_permission" "token" {
  count = local.token_count

  statement_id   = "pre-token-generation-trigger"
  function_name  = aws_lambda_function.token[0].function_name
  action         = "lambda:InvokeFunction"
  principal      = "cognito-idp.amazonaws.com"
  source_arn     = var.destination_user_pool_arn
  source_account = local.account
}

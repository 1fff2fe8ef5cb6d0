# Everything that an operator is told of without looking. Nothing here is a wrong password: refusals ring nothing.

locals {
  dimensions = { FunctionName = local.function_name }

  # What a share is taken of: sign-ins that were handed over with a password or failed. Not refused ones: anybody can have himself
  # refused, and would dilute every share. Where nobody was handed over, there is no such metric, hence FILL.
  sign_ins = "(errors + FILL(migrated, 0))"
  errors   = { id = "errors", namespace = "AWS/Lambda", metric_name = "Errors", period = 300 }
  migrated = { id = "migrated", namespace = "CognitoMigration", metric_name = "Migrated", period = 300 }

  # Of one metric.
  count_alarms = {
    misconfigured = {
      description         = "Sign-ins fail for a reason that only an operator can mend: read reason and error_name in the function's log, then have cdktf diff show for both stacks what is not as this migration's settings say."
      namespace           = "CognitoMigration"
      metric_name         = "Misconfigured"
      period              = 300
      evaluation_periods  = 3
      datapoints_to_alarm = 1
      threshold           = 1
    }
    # Past Cognito passwords can be guessed, and profiles read, with none of what guards an app client.
    tried = {
      description         = "Somebody has called the function past Cognito and tried a sign-in, as the command try of cognito-migration does. If it was none of you: find in CloudTrail and IAM who has lambda:InvokeFunction, and take it away."
      namespace           = "CognitoMigration"
      metric_name         = "Tried"
      period              = 300
      evaluation_periods  = 3
      datapoints_to_alarm = 1
      threshold           = 1
    }
    # Lambda counts a throttled request neither as an invocation nor as an error.
    throttled = {
      description         = "Lambda turned away at least 5 sign-ins in five minutes: raise LAMBDA_RESERVED_CONCURRENCY, or the account's concurrency, unless somebody is guessing names."
      namespace           = "AWS/Lambda"
      metric_name         = "Throttles"
      period              = 300
      evaluation_periods  = 1
      datapoints_to_alarm = 1
      threshold           = 5
    }
    source-quota = {
      description         = "The function alone uses 80 % of the ${var.source_sign_in_quota} sign-ins per second in SOURCE_SIGN_IN_QUOTA, as a mean over a minute, so that bursts are above it: raise the quota at the source, or lower LAMBDA_RESERVED_CONCURRENCY."
      namespace           = "CognitoMigration"
      metric_name         = "SourceSignIns"
      period              = 60
      evaluation_periods  = 5
      datapoints_to_alarm = 3
      # 80 % of a minute.
      threshold = var.source_sign_in_quota * 48
    }
  }

  # Of several: the first query is the one that is looked at.
  share_alarms = {
    # The floor is on failures, not on sign-ins: a small pool in which everything fails is heard, too.
    failures = {
      description         = "At least 5 sign-ins in five minutes, and 10 % of those that were handed over with the password or failed, could not be decided: see on the dashboard which reason it is, and do what the runbook says for it."
      id                  = "failed_percent"
      label               = "Failed, percent of those that were handed over with the password or failed"
      expression          = "IF(errors >= 5, 100 * errors / ${local.sign_ins}, 0)"
      metrics             = [local.errors, local.migrated]
      evaluation_periods  = 1
      datapoints_to_alarm = 1
      threshold           = 10
    }
    # Every slow answer counts, also one that refuses; quick refusals do not count against them.
    slow = {
      description         = "For 1 in 100 of those that are handed over with the password or fail somebody waits 4000 ms or longer, and at 4700 ms the function gives up: look at the source's own triggers, at LAMBDA_MEMORY_MB and at the AWS status of both Regions."
      id                  = "slow_answers"
      label               = "Slow answers, if they are many"
      expression          = "IF(100 * FILL(slow, 0) >= ${local.sign_ins}, FILL(slow, 0), 0)"
      metrics             = [{ id = "slow", namespace = "CognitoMigration", metric_name = "Slow", period = 300 }, local.errors, local.migrated]
      evaluation_periods  = 5
      datapoints_to_alarm = 3
      threshold           = 1
    }
    # Honest users who forgot are fewer than those who did not.
    forgot-password = {
      description = "In an hour at least 20 users were handed over by \"forgot password\", and no fewer than with their password: somebody may be walking through a list of addresses, and whoever is on it loses the password that should have come along. Unless you have asked users to choose a new one, set FORGOT_PASSWORD=refuse and deploy destination."
      id          = "walked"
      label       = "Came over by forgot password, if no fewer than with the password"
      expression  = "IF(FILL(forgotten, 0) >= FILL(migrated, 0), FILL(forgotten, 0), 0)"
      metrics = [
        { id = "forgotten", namespace = "CognitoMigration", metric_name = "ForgottenPasswords", period = 3600 },
        { id = "migrated", namespace = "CognitoMigration", metric_name = "Migrated", period = 3600 },
      ]
      evaluation_periods  = 1
      datapoints_to_alarm = 1
      threshold           = 20
    }
  }

  alarm_actions     = var.alarm_topic_arn == null ? null : [var.alarm_topic_arn]
  alarm_description = "Dashboard: ${local.function_name} in CloudWatch. Runbook: \"Alarms and dashboard\" in docs/runbook.md."
}

resource "aws_cloudwatch_metric_alarm" "count" {
  for_each = local.count_alarms

  alarm_name          = "${local.function_name}-${each.key}"
  alarm_description   = "${each.value.description} ${local.alarm_description}"
  namespace           = each.value.namespace
  metric_name         = each.value.metric_name
  dimensions          = local.dimensions
  statistic           = "Sum"
  period              = each.value.period
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = each.value.evaluation_periods
  datapoints_to_alarm = each.value.datapoints_to_alarm
  # Nobody signed in: nothing is wrong.
  treat_missing_data = "notBreaching"
  alarm_actions      = local.alarm_actions
  ok_actions         = local.alarm_actions
  tags               = var.tags
}

resource "aws_cloudwatch_metric_alarm" "share" {
  for_each = local.share_alarms

  alarm_name          = "${local.function_name}-${each.key}"
  alarm_description   = "${each.value.description} ${local.alarm_description}"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = each.value.evaluation_periods
  datapoints_to_alarm = each.value.datapoints_to_alarm
  # Nobody signed in: nothing is wrong.
  treat_missing_data = "notBreaching"
  alarm_actions      = local.alarm_actions
  ok_actions         = local.alarm_actions
  tags               = var.tags

  metric_query {
    id          = each.value.id
    label       = each.value.label
    expression  = each.value.expression
    return_data = true
  }

  dynamic "metric_query" {
    for_each = each.value.metrics

    content {
      id = metric_query.value.id

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.metric_name
        dimensions  = local.dimensions
        period      = metric_query.value.period
        stat        = "Sum"
      }
    }
  }
}

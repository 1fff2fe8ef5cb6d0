# The token function answers before everybody's token: one error is one failed sign-in of a user who may have nothing to do with the migration.

locals {
  demands_membership = length(var.groups_or_refuse) > 0

  token_alarms = {
    token-errors = {
      description         = "The token function has crashed or run out of time, and a sign-in has failed: read its log, and if it does not end at once, take the function off the pool with the command detach."
      namespace           = "AWS/Lambda"
      metric_name         = "Errors"
      statistic           = "Sum"
      datapoints_to_alarm = 1
      threshold           = 1
    }
    token-throttles = {
      description         = "Lambda has turned away a call of the token function, and a sign-in has failed: raise the account's concurrency; if it does not end at once, take the function off the pool with the command detach."
      namespace           = "AWS/Lambda"
      metric_name         = "Throttles"
      statistic           = "Sum"
      datapoints_to_alarm = 1
      threshold           = 1
    }
    # Lambda's own count: what the function measures itself ends before its answer does.
    token-slow = {
      description         = "The token function took 2500 ms or longer, and at 5000 ms sign-ins fail: look at LAMBDA_MEMORY_MB and at the AWS status of the Region; if it does not end at once, take the function off the pool with the command detach."
      namespace           = "AWS/Lambda"
      metric_name         = "Duration"
      statistic           = "Maximum"
      datapoints_to_alarm = 2
      threshold           = 2500
    }
    # Nobody is locked out by it, but nobody has groups either.
    token-failed = {
      description         = "The token function cannot do its work, and users get their tokens without the groups that they should have: read error_name in its log, and have cdktf diff show what is not as the settings say."
      namespace           = "CognitoMigration"
      metric_name         = "TokenFailed"
      statistic           = "Sum"
      datapoints_to_alarm = 1
      threshold           = 1
    }
    # A user is in who may have access that the membership takes away.
    token-memberships-left = {
      description         = "A membership was due and has not been made, and the groups of GROUPS_OR_REFUSE take access away: run the command groups with --apply, and look whether the token function is throttled, or the group is gone."
      namespace           = "CognitoMigration"
      metric_name         = "MembershipsLeft"
      statistic           = "Sum"
      datapoints_to_alarm = 1
      threshold           = 1
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "token" {
  for_each = { for id, alarm in local.token_alarms : id => alarm if local.has_token_function && (id != "token-memberships-left" || local.demands_membership) }

  alarm_name          = "${local.function_name}-${each.key}"
  alarm_description   = "${each.value.description} ${local.alarm_description}"
  namespace           = each.value.namespace
  metric_name         = each.value.metric_name
  dimensions          = { FunctionName = local.token_name }
  statistic           = each.value.statistic
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = 3
  datapoints_to_alarm = each.value.datapoints_to_alarm
  # Nobody asked for a token: nothing is wrong.
  treat_missing_data = "notBreaching"
  alarm_actions      = local.alarm_actions
  ok_actions         = local.alarm_actions
  tags               = var.tags
}

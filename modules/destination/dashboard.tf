# What an operator wants to know at a glance. Counts and names only, no personal data.

locals {
  console = lookup({
    aws-cn     = "console.amazonaws.cn"
    aws-us-gov = "console.amazonaws-us-gov.com"
    aws-eusc   = "console.amazonaws-eusc.eu"
  }, local.partition, "console.aws.amazon.com")
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = local.function_name
  # Made by `npm run docs` from the dashboard of the stacks.
  dashboard_body = templatefile("${path.module}/dashboard.json.tftpl", {
    function_name        = local.function_name
    token_function_name  = local.token_name
    log_group            = local.log_group
    partition            = local.partition
    region               = local.region
    account              = local.account
    source_user_pool_id  = var.source_user_pool_id
    user_pool_id         = local.pool_id
    source_sign_in_quota = var.source_sign_in_quota
    has_token_function   = local.has_token_function
    demands_membership   = local.demands_membership
  })
}

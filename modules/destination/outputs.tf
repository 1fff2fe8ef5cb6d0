output "migration" {
  description = "USER_POOL_NAME of this migration"
  value       = terraform_data.identity.output.migration

  precondition {
    condition     = terraform_data.identity.output.migration == var.user_pool_name && terraform_data.identity.output.user_pool_id == local.pool_id
    error_message = "This state is of migration ${terraform_data.identity.output.migration} and user pool ${terraform_data.identity.output.user_pool_id}; the variables say ${var.user_pool_name} and ${local.pool_id}. An apply would replace what users of the former sign in through. Give every migration a module of its own; to give a migration up, destroy it first."
  }
}

output "lambda_arn" {
  description = "User migration trigger for the destination user pool"
  value       = aws_lambda_function.this.arn
}

output "dashboard_url" {
  description = "CloudWatch dashboard of this migration"
  value       = "https://${local.region}.${local.console}/cloudwatch/home?region=${local.region}#dashboards/dashboard/${aws_cloudwatch_dashboard.this.dashboard_name}"
}

output "token_lambda_arn" {
  description = "Pre token generation trigger for the destination user pool; null where no settings ask for the token function"
  value       = one(aws_lambda_function.token[*].arn)
}

output "migration" {
  description = "USER_POOL_NAME of this migration"
  value       = terraform_data.identity.output.migration

  precondition {
    condition     = terraform_data.identity.output.migration == var.user_pool_name && terraform_data.identity.output.user_pool_id == var.source_user_pool_id
    error_message = "This state is of migration ${terraform_data.identity.output.migration} and user pool ${terraform_data.identity.output.user_pool_id}; the variables say ${var.user_pool_name} and ${var.source_user_pool_id}. An apply would replace what users of the former sign in through. Give every migration a module of its own; to give a migration up, destroy it first."
  }
}

output "role_arn" {
  description = "Role that the function assumes"
  value       = aws_iam_role.this.arn
}

output "app_client_id" {
  description = "App client that the function signs in through"
  value       = aws_cognito_user_pool_client.this.id
}

output "user_pool_id" {
  description = "Source user pool"
  value       = local.pool.user_pool_id
}

output "region" {
  description = "Region of the source user pool"
  value       = local.region
}

output "mfa_configuration" {
  description = "Whether the source demands a second factor"
  # When AWS does not say: the strictest.
  value = coalesce(local.pool.mfa_configuration, "ON")
}

output "username_attributes" {
  description = "What users of the source sign in with instead of a username"
  value       = coalesce(join(",", sort(coalesce(local.pool.username_attributes, []))), "none")
}

output "external_id" {
  description = "External ID that the role asks for"
  value       = local.external_id
}

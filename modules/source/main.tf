# In the source account: an app client through which passwords are proven, and the role that may use it.

locals {
  lambda_role_name = "cognito_migration_lambda_${var.user_pool_name}"
  region           = coalesce(var.source_region, split("_", var.source_user_pool_id)[0])
  # The destination must be in the same partition: AWS never lets a role of one partition assume a role of another.
  partition = lookup({
    "cn-"      = "aws-cn"
    "us-gov-"  = "aws-us-gov"
    "eusc-"    = "aws-eusc"
    "us-iso-"  = "aws-iso"
    "us-isob-" = "aws-iso-b"
    "eu-isoe-" = "aws-iso-e"
    "us-isof-" = "aws-iso-f"
  }, try(regex("^(?:cn|us-gov|eusc|us-iso[bf]?|eu-isoe)-", local.region), ""), "aws")
  destination = "arn:${local.partition}:iam::${var.destination_account}"
  external_id = coalesce(var.external_id, "cognito-migration/${var.user_pool_name}/${var.source_user_pool_id}/${var.destination_account}")

  # Every user pool has it, and nobody decides anything by it. An empty list would mean Cognito's default: nearly everything.
  harmless_attribute = "locale"

  # What AWS leaves out of its answer is null here.
  pool   = data.aws_cognito_user_pool.this
  schema = coalesce(local.pool.schema_attributes, [])

  # Every user of every pool has a sub.
  named_attributes = concat(
    [for name in var.attribute_exclude : { variable = "attribute_exclude", name = name } if name != "sub"],
    [for name in keys(var.attribute_map) : { variable = "attribute_map", name = name } if name != "sub"],
  )
  missing_attributes = [for named in local.named_attributes : named if !contains([for a in local.schema : a.name], named.name)]
}

# Remembers what this is of: under another name, or for another pool, Terraform would replace what users sign in through.
resource "terraform_data" "identity" {
  input = { migration = var.user_pool_name, user_pool_id = var.source_user_pool_id }

  lifecycle {
    ignore_changes = [input]

    precondition {
      condition     = length(setintersection(var.attribute_exclude, keys(var.attribute_map))) == 0
      error_message = "attribute_exclude: found ${jsonencode(var.attribute_exclude)}, expected no attribute that attribute_map carries over."
    }
  }
}

data "aws_cognito_user_pool" "this" {
  user_pool_id = var.source_user_pool_id

  lifecycle {
    postcondition {
      condition     = var.source_account == null || split(":", self.arn)[4] == var.source_account
      error_message = "source_account: found ${jsonencode(var.source_account)}, expected ${split(":", self.arn)[4]}, the account that the provider's credentials are of."
    }
  }
}

# Proves a password for a caller with IAM permission, and as little else as Cognito allows. What the provider would leave to
# Cognito's defaults is written out. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
resource "aws_cognito_user_pool_client" "this" {
  name         = "migration"
  user_pool_id = local.pool.user_pool_id

  generate_secret = false
  # Cognito refuses a client without the refresh flow. https://github.com/aws/aws-cdk/issues/7625
  explicit_auth_flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  # With LEGACY, anyone who learns the client id could ask it which users exist.
  prevent_user_existence_errors                 = "ENABLED"
  enable_token_revocation                       = true
  enable_propagate_additional_user_context_data = false
  auth_session_validity                         = 3

  # The shortest that Cognito has: the function drops the tokens unread.
  access_token_validity  = 5
  id_token_validity      = 5
  refresh_token_validity = 60
  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "minutes"
  }

  allowed_oauth_flows_user_pool_client = false
  allowed_oauth_flows                  = []
  allowed_oauth_scopes                 = []
  supported_identity_providers         = []
  callback_urls                        = []
  logout_urls                          = []

  read_attributes = [local.harmless_attribute]
  # Cognito insists on required attributes being writable, and nothing else is.
  write_attributes = sort(distinct(concat(
    [local.harmless_attribute],
    [for a in local.schema : a.name if coalesce(a.required, false) && a.name != "sub"],
  )))

  lifecycle {
    # A rule for an attribute that is not there is a typing error, and would let the one that was meant through.
    precondition {
      condition = length(local.missing_attributes) == 0
      error_message = join("\n", [
        for named in local.missing_attributes :
        "${named.variable} names ${named.name}, which the schema of ${var.source_user_pool_id} does not have."
      ])
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = "cognito_migration_${var.user_pool_name}"
  path                 = var.iam_path
  description          = "Lets ${local.lambda_role_name} in account ${var.destination_account} prove passwords for the user migration"
  max_session_duration = 3600
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  # The account, narrowed by condition: IAM refuses the ARN of a role that does not exist yet, and turns one that does into an
  # internal id. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "${local.destination}:root" }
      Action    = "sts:AssumeRole"
      Condition = {
        ArnEquals    = { "aws:PrincipalArn" = "${local.destination}:role${var.destination_iam_path}${local.lambda_role_name}" }
        StringEquals = { "sts:ExternalId" = local.external_id }
      }
    }]
  })
}

# IAM cannot narrow this to an app client or a flow.
resource "aws_iam_role_policy" "this" {
  name = "prove-passwords"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser"]
      Resource = local.pool.arn
    }]
  })
}

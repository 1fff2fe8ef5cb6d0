variable "user_pool_name" {
  description = "A name for this migration, not the pool's own: it becomes part of the role and function names in both accounts"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,39}$", var.user_pool_name)) && !can(regex("^(lambda|token)_", lower(var.user_pool_name)))
    error_message = "user_pool_name: found ${jsonencode(var.user_pool_name)}, expected 1 to 39 characters of A-Z, a-z, 0-9, - and _ (role names end at 64), not beginning with lambda_ or token_ (another migration's role could have that name)."
  }
}

variable "source_user_pool_id" {
  description = "User pool that holds the users now"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(?:[a-z]{2}|us-gov|us-iso[bf]?|eu-isoe|eusc-[a-z]{2})-(?:central|east|west|(?:north|south)(?:east|west)?)-[1-9]_[0-9A-Za-z]+$", var.source_user_pool_id)) && length(var.source_user_pool_id) <= 55
    error_message = "source_user_pool_id: found ${jsonencode(var.source_user_pool_id)}, expected a user pool id such as eu-west-1_AbCdEfGhI."
  }

  validation {
    condition     = !can(regex("_(SourcePool|OldPool|NewPool)$", var.source_user_pool_id))
    error_message = "source_user_pool_id: found ${jsonencode(var.source_user_pool_id)}, expected your own user pool: this is the one of the examples."
  }
}

variable "source_region" {
  description = "Region of the source user pool; differs from the one in its id only for a multi-Region pool. When null: the Region in source_user_pool_id"
  type        = string
  default     = null

  validation {
    condition     = var.source_region == null || can(regex("^(?:[a-z]{2}|us-gov|us-iso[bf]?|eu-isoe|eusc-[a-z]{2})-(?:central|east|west|(?:north|south)(?:east|west)?)-[1-9]$", var.source_region))
    error_message = "source_region: found ${jsonencode(var.source_region)}, expected an AWS Region such as eu-west-1."
  }
}

variable "source_account" {
  description = "Account of the source user pool; Terraform refuses to run in any other, and a role of any other is refused. When null: not checked"
  type        = string
  default     = null

  validation {
    condition     = var.source_account == null || can(regex("^[0-9]{12}$", var.source_account))
    error_message = "source_account: found ${jsonencode(var.source_account)}, expected 12 digits."
  }
}

variable "external_id" {
  description = "External ID that the function presents when it assumes the role in the source account. When null: made from user_pool_name, source_user_pool_id and the destination account, the same in both modules"
  type        = string
  default     = null

  validation {
    condition     = var.external_id == null || can(regex("^[0-9A-Za-z_+=,.@:/-]{2,}$", var.external_id)) && try(length(var.external_id) <= 1224, false)
    error_message = "external_id: found ${jsonencode(var.external_id)}, expected 2 to 1224 characters of A-Z, a-z, 0-9 and _+=,.@:/-."
  }
}

variable "destination_user_pool_arn" {
  description = "User pool that the users move to; gives the account, Region and partition"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws(-[a-z]+)*:cognito-idp:(?:[a-z]{2}|us-gov|us-iso[bf]?|eu-isoe|eusc-[a-z]{2})-(?:central|east|west|(?:north|south)(?:east|west)?)-[1-9]:[0-9]{12}:userpool/(?:[a-z]{2}|us-gov|us-iso[bf]?|eu-isoe|eusc-[a-z]{2})-(?:central|east|west|(?:north|south)(?:east|west)?)-[1-9]_[0-9A-Za-z]+$", var.destination_user_pool_arn)) && try(length(split("/", var.destination_user_pool_arn)[1]) <= 55, false)
    error_message = "destination_user_pool_arn: found ${jsonencode(var.destination_user_pool_arn)}, expected a user pool ARN such as arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_AbCdEfGhI."
  }

  validation {
    condition     = try(split(":", var.destination_user_pool_arn)[3] == regex("userpool/([^_]+)_", var.destination_user_pool_arn)[0], true)
    error_message = "destination_user_pool_arn: found ${jsonencode(var.destination_user_pool_arn)}, expected one Region in both places."
  }

  validation {
    condition     = !can(regex("_(SourcePool|OldPool|NewPool)$", var.destination_user_pool_arn))
    error_message = "destination_user_pool_arn: found ${jsonencode(var.destination_user_pool_arn)}, expected your own user pool: this is the one of the examples."
  }
}

variable "source_role_arn" {
  description = "Role in the source account: output role_arn of the module source"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[0-9A-Za-z_+=,.@/-]{1,512}$", var.source_role_arn))
    error_message = "source_role_arn: found ${jsonencode(var.source_role_arn)}, expected a role ARN such as arn:aws:iam::111111111111:role/cognito_migration_customers."
  }
}

variable "source_app_client_id" {
  description = "App client in the source user pool: output app_client_id of the module source"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_+]{1,128}$", var.source_app_client_id))
    error_message = "source_app_client_id: found ${jsonencode(var.source_app_client_id)}, expected an app client id: 1 to 128 letters and digits."
  }
}

variable "source_mfa_configuration" {
  description = "MfaConfiguration of the source user pool: output mfa_configuration of the module source. The default is the strictest"
  type        = string
  default     = "ON"
  nullable    = false

  validation {
    condition     = contains(["OFF", "OPTIONAL", "ON"], var.source_mfa_configuration)
    error_message = "source_mfa_configuration: found ${jsonencode(var.source_mfa_configuration)}, expected one of OFF, OPTIONAL, ON."
  }
}

variable "source_username_attributes" {
  description = "UsernameAttributes of the source user pool, or `none`: output username_attributes of the module source"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(email|phone_number|email,phone_number|phone_number,email|none)$", var.source_username_attributes))
    error_message = "source_username_attributes: found ${jsonencode(var.source_username_attributes)}, expected email, phone_number, both with a comma between them, or none."
  }
}

variable "mfa_policy" {
  description = "Users with a second factor: `reject` refuses them, `sms` carries SMS MFA with a verified phone number, `allow` drops the second factor"
  type        = string
  default     = "reject"
  nullable    = false

  validation {
    condition     = contains(["reject", "sms", "allow"], var.mfa_policy)
    error_message = "mfa_policy: found ${jsonencode(var.mfa_policy)}, expected one of reject, sms, allow."
  }
}

variable "forgot_password" {
  description = "Users who ask for a password reset before they ever signed in: `migrate` migrates them without a password and Cognito sends a code, `refuse` leaves them at the source"
  type        = string
  default     = "migrate"
  nullable    = false

  validation {
    condition     = contains(["migrate", "refuse"], var.forgot_password)
    error_message = "forgot_password: found ${jsonencode(var.forgot_password)}, expected one of migrate, refuse."
  }
}

variable "unproven_password" {
  description = "All users who do not show a lasting password (forgotten, temporary, or a reset is due): `migrate` migrates them without a password and Cognito sends a code, `refuse` leaves them at the source, whatever forgot_password says"
  type        = string
  default     = "migrate"
  nullable    = false

  validation {
    condition     = contains(["migrate", "refuse"], var.unproven_password)
    error_message = "unproven_password: found ${jsonencode(var.unproven_password)}, expected one of migrate, refuse."
  }
}

variable "attribute_exclude" {
  description = "Source attributes that stay behind"
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.attribute_exclude : can(regex("^((address|birthdate|email|email_verified|family_name|gender|given_name|locale|middle_name|name|nickname|phone_number|phone_number_verified|picture|preferred_username|profile|sub|updated_at|website|zoneinfo)|custom:[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]{1,20})$", name))])
    error_message = "attribute_exclude: found ${jsonencode(var.attribute_exclude)}, expected standard or custom: attribute names."
  }
}

variable "attribute_map" {
  description = "Attributes that arrive under another name, so that applications keyed on the old `sub` find their users: the name at the source, and the one at the destination"
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in concat(keys(var.attribute_map), values(var.attribute_map)) : can(regex("^((address|birthdate|email|email_verified|family_name|gender|given_name|locale|middle_name|name|nickname|phone_number|phone_number_verified|picture|preferred_username|profile|sub|updated_at|website|zoneinfo)|custom:[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]{1,20})$", name))])
    error_message = "attribute_map: found ${jsonencode(var.attribute_map)}, expected standard or custom: attribute names."
  }

  validation {
    condition     = length(distinct(values(var.attribute_map))) == length(var.attribute_map)
    error_message = "attribute_map: found ${jsonencode(var.attribute_map)}, expected each name once."
  }

  validation {
    condition     = length(setintersection(values(var.attribute_map), ["email", "email_verified", "phone_number", "phone_number_verified", "preferred_username", "sub"])) == 0
    error_message = "attribute_map: found ${jsonencode(var.attribute_map)}, expected the target not email, phone_number, preferred_username, a verified flag or an attribute that Cognito owns."
  }
}

variable "destination_alias_attributes" {
  description = "Alias attributes of the destination user pool (AliasAttributes, not UsernameAttributes), or `[]` for none. When null: nobody may sign in by an alias, and `preferred_username` stays behind where it could be one"
  type        = list(string)
  default     = null

  validation {
    condition     = var.destination_alias_attributes == null || try(alltrue([for name in var.destination_alias_attributes : contains(["email", "phone_number", "preferred_username"], name)]), false)
    error_message = "destination_alias_attributes: found ${jsonencode(var.destination_alias_attributes)}, expected some of email, phone_number, preferred_username."
  }
}

variable "destination_case_sensitive" {
  description = "Whether `Name` and `name` are two users at the destination (UsernameConfiguration.CaseSensitive)"
  type        = bool
  default     = true
  nullable    = false
}

variable "handler_zip" {
  description = "The function's zip, of a release or as npm run build makes it. When null: dist/handler.zip of the checkout that this module is in"
  type        = string
  default     = null
}

variable "token_zip" {
  description = "The token function's zip, likewise. When null: dist/token.zip of the checkout that this module is in; read only where there is a token function"
  type        = string
  default     = null
}

variable "lambda_runtime" {
  description = "Lambda runtime; nodejs24.x needs hashicorp/aws 6.19"
  type        = string
  default     = "nodejs24.x"
  nullable    = false

  validation {
    condition     = can(regex("^nodejs(2[2-9]|[3-9][0-9])\\.x$", var.lambda_runtime))
    error_message = "lambda_runtime: found ${jsonencode(var.lambda_runtime)}, expected nodejs22.x, nodejs24.x or a later nodejs runtime."
  }
}

variable "lambda_memory_mb" {
  description = "Memory in MB; Lambda gives CPU in proportion"
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.lambda_memory_mb >= 128 && var.lambda_memory_mb <= 10240 && floor(var.lambda_memory_mb) == var.lambda_memory_mb
    error_message = "lambda_memory_mb: found ${jsonencode(var.lambda_memory_mb)}, expected a whole number from 128 to 10240."
  }
}

variable "lambda_reserved_concurrency" {
  description = "Concurrent invocations at most, to protect the source's quota. When null: no limit"
  type        = number
  default     = null

  validation {
    condition     = var.lambda_reserved_concurrency == null || try(var.lambda_reserved_concurrency >= 1 && var.lambda_reserved_concurrency <= 10000 && floor(var.lambda_reserved_concurrency) == var.lambda_reserved_concurrency, false)
    error_message = "lambda_reserved_concurrency: found ${jsonencode(var.lambda_reserved_concurrency)}, expected a whole number from 1 to 10000 (0 would stop every migration)."
  }
}

variable "log_retention_days" {
  description = "How long CloudWatch Logs keeps the function's log"
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days: found ${jsonencode(var.log_retention_days)}, expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key that encrypts the function's log; its key policy must let CloudWatch Logs use it. When null: a key of CloudWatch Logs"
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null || can(regex("^arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.log_kms_key_arn))
    error_message = "log_kms_key_arn: found ${jsonencode(var.log_kms_key_arn)}, expected the ARN of a KMS key such as arn:aws:kms:eu-central-1:222222222222:key/01234567-89ab-cdef-0123-456789abcdef."
  }
}

variable "alarm_topic_arn" {
  description = "SNS topic that is notified when an alarm fires and when it is over; in the destination's Region. When null: the alarms notify nobody"
  type        = string
  default     = null

  validation {
    condition     = var.alarm_topic_arn == null || can(regex("^arn:aws(-[a-z]+)*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", var.alarm_topic_arn))
    error_message = "alarm_topic_arn: found ${jsonencode(var.alarm_topic_arn)}, expected the ARN of a standard SNS topic such as arn:aws:sns:eu-central-1:222222222222:operators."
  }
}

variable "source_sign_in_quota" {
  description = "Requests per second of the category UserAuthentication that the source account has, or those of them that the migration may use"
  type        = number
  default     = 120
  nullable    = false

  validation {
    condition     = var.source_sign_in_quota >= 1 && var.source_sign_in_quota <= 100000 && floor(var.source_sign_in_quota) == var.source_sign_in_quota
    error_message = "source_sign_in_quota: found ${jsonencode(var.source_sign_in_quota)}, expected a whole number from 1 to 100000."
  }
}

variable "iam_path" {
  description = "Path of the function's role; the module source must have it as destination_iam_path"
  type        = string
  default     = "/"
  nullable    = false

  validation {
    condition     = can(regex("^/([!-~]{1,510}/)?$", var.iam_path))
    error_message = "iam_path: found ${jsonencode(var.iam_path)}, expected /, or a path that begins and ends with /."
  }
}

variable "permissions_boundary" {
  description = "Managed policy that bounds what the role may do. When null: none"
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary == null || can(regex("^arn:aws(-[a-z]+)*:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary))
    error_message = "permissions_boundary: found ${jsonencode(var.permissions_boundary)}, expected the ARN of a managed policy such as arn:aws:iam::222222222222:policy/boundary."
  }
}

variable "tags" {
  description = "Tags on everything that can carry them, beside the provider's default_tags"
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.tags : can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/+@-]{1,128}$", key)) && can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}$", value))])
    error_message = "tags: found ${jsonencode(var.tags)}, expected letters, digits, blanks and _.:/=+-@, 1 to 128 for a key and up to 256 for a value."
  }

  validation {
    condition     = alltrue([for word in concat(keys(var.tags), values(var.tags)) : !startswith(lower(coalesce(word, " ")), "aws:")])
    error_message = "tags: found ${jsonencode(var.tags)}, expected no key and no value that begins with aws:, which AWS keeps for itself."
  }

  validation {
    condition     = length(distinct([for key in keys(var.tags) : lower(key)])) == length(var.tags)
    error_message = "tags: found ${jsonencode(var.tags)}, expected each key once, and IAM takes Team and team for one."
  }

  validation {
    condition     = length(var.tags) <= 50
    error_message = "tags: found ${jsonencode(var.tags)}, expected 50 tags at most."
  }
}

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
  description = "Account of the source user pool; Terraform refuses to run in any other. When null: not checked"
  type        = string
  default     = null

  validation {
    condition     = var.source_account == null || can(regex("^[0-9]{12}$", var.source_account))
    error_message = "source_account: found ${jsonencode(var.source_account)}, expected 12 digits."
  }
}

variable "destination_account" {
  description = "Account whose function may assume the role in the source account"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.destination_account))
    error_message = "destination_account: found ${jsonencode(var.destination_account)}, expected 12 digits."
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

variable "iam_path" {
  description = "Path of the role"
  type        = string
  default     = "/"
  nullable    = false

  validation {
    condition     = can(regex("^/([!-~]{1,510}/)?$", var.iam_path))
    error_message = "iam_path: found ${jsonencode(var.iam_path)}, expected /, or a path that begins and ends with /."
  }
}

variable "destination_iam_path" {
  description = "Path of the function's role, iam_path of the module destination: the trust policy names that role before it exists"
  type        = string
  default     = "/"
  nullable    = false

  validation {
    condition     = can(regex("^/([!-~]{1,510}/)?$", var.destination_iam_path))
    error_message = "destination_iam_path: found ${jsonencode(var.destination_iam_path)}, expected /, or a path that begins and ends with /."
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

# What the function says of a user to code that runs later, and what that code does. Off by default.

variable "migration_stamp" {
  description = "Whether each migrated user gets an attribute in which the function signs who came, and how; groups and events rest on it"
  type        = string
  default     = "off"
  nullable    = false

  validation {
    condition     = contains(["off", "on"], var.migration_stamp)
    error_message = "migration_stamp: found ${jsonencode(var.migration_stamp)}, expected one of off, on."
  }
}

variable "stamp_attribute" {
  description = "Attribute of the destination that takes the stamp: a String of 2048 characters that no app client may read or write"
  type        = string
  default     = "custom:migration"
  nullable    = false

  validation {
    condition     = can(regex("^custom:[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]{1,20}$", var.stamp_attribute))
    error_message = "stamp_attribute: found ${jsonencode(var.stamp_attribute)}, expected a custom: attribute, and none that attribute_map names."
  }
}

variable "stamp_key_number" {
  description = "Which key signs: one more than before makes a new one, and what the one before has signed stays good"
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.stamp_key_number >= 1 && var.stamp_key_number <= 10000 && floor(var.stamp_key_number) == var.stamp_key_number
    error_message = "stamp_key_number: found ${jsonencode(var.stamp_key_number)}, expected a whole number from 1 to 10000."
  }
}

variable "stamp_key_readable" {
  description = "Says that whoever may read the function's configuration may read the key, and make themselves members of every group that travels. When null: migration_stamp demands lambda_kms_key_arn"
  type        = string
  default     = null

  validation {
    condition     = var.stamp_key_readable == null || try(var.stamp_key_readable == "accept", false)
    error_message = "stamp_key_readable: found ${jsonencode(var.stamp_key_readable)}, expected accept."
  }
}

variable "lambda_kms_key_arn" {
  description = "Customer-managed KMS key that encrypts the environment of the functions, which then only those read who may use the key; in the destination's Region. When null: a key of AWS"
  type        = string
  default     = null

  validation {
    condition     = var.lambda_kms_key_arn == null || can(regex("^arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:key/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$", var.lambda_kms_key_arn))
    error_message = "lambda_kms_key_arn: found ${jsonencode(var.lambda_kms_key_arn)}, expected the ARN of a KMS key such as arn:aws:kms:eu-central-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab."
  }
}

variable "groups_mode" {
  description = "Groups of users who show their password: `off` leaves them to `groups`, `token` puts them into the user's tokens for groups_window, `token+member` makes the user a member, too"
  type        = string
  default     = "off"
  nullable    = false

  validation {
    condition     = contains(["off", "token", "token+member"], var.groups_mode)
    error_message = "groups_mode: found ${jsonencode(var.groups_mode)}, expected one of off, token, token+member."
  }
}

variable "groups" {
  description = "Source groups that travel, or `*` for each that has no IAM role at the destination. `*,admins` adds `admins`, even if it has a role, and `*` then puts no other group into that one: `[\"*\", \"admins\"]`. Required with groups_mode"
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.groups : can(regex("^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]{1,128}$", name))]) && length(distinct(var.groups)) == length(var.groups)
    error_message = "groups: found ${jsonencode(var.groups)}, expected group names, each once; or *."
  }
}

variable "groups_map" {
  description = "Groups that have another name at the destination: the name at the source, and the one at the destination"
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in concat(keys(var.groups_map), values(var.groups_map)) : can(regex("^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]{1,128}$", name)) && name != "*"])
    error_message = "groups_map: found ${jsonencode(var.groups_map)}, expected group names, and not *."
  }
}

variable "groups_or_refuse" {
  description = "Source groups without which nobody may arrive, such as those that take access away: a member whose membership cannot travel is refused"
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.groups_or_refuse : can(regex("^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]{1,128}$", name)) && name != "*"]) && length(distinct(var.groups_or_refuse)) == length(var.groups_or_refuse)
    error_message = "groups_or_refuse: found ${jsonencode(var.groups_or_refuse)}, expected group names, each once; all of them in groups, and not *."
  }
}

variable "groups_window" {
  description = "How long after the migration the stamp gives groups; one that is taken away earlier comes back until then"
  type        = string
  default     = "24h"
  nullable    = false

  validation {
    condition     = try(tonumber(regex("^([0-9]{1,5})[mh]$", var.groups_window)[0]) * (endswith(var.groups_window, "h") ? 60 : 1) >= 10, false) && try(tonumber(regex("^([0-9]{1,5})[mh]$", var.groups_window)[0]) * (endswith(var.groups_window, "h") ? 60 : 1) <= 10080, false)
    error_message = "groups_window: found ${jsonencode(var.groups_window)}, expected a time from 10m to 168h, such as 30m or 24h."
  }
}

variable "migrated_event_bus_arn" {
  description = "EventBridge event bus that hears of each user who has arrived; in the destination's Region. When null: nobody hears of it"
  type        = string
  default     = null

  validation {
    condition     = var.migrated_event_bus_arn == null || can(regex("^arn:aws(-[a-z]+)*:events:[a-z0-9-]+:[0-9]{12}:event-bus/[/._A-Za-z0-9-]{1,256}$", var.migrated_event_bus_arn))
    error_message = "migrated_event_bus_arn: found ${jsonencode(var.migrated_event_bus_arn)}, expected the ARN of an event bus such as arn:aws:events:eu-central-1:222222222222:event-bus/default."
  }
}

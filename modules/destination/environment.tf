# What the function is told.

locals {
  environment = merge(
    {
      SOURCE_ROLE_ARN                 = var.source_role_arn
      SOURCE_APP_CLIENT_ID            = var.source_app_client_id
      SOURCE_USER_POOL_ID             = var.source_user_pool_id
      SOURCE_REGION                   = local.source_region
      SOURCE_MFA_CONFIGURATION        = var.source_mfa_configuration
      SOURCE_USERNAME_ATTRIBUTES      = join(",", sort(split(",", var.source_username_attributes)))
      EXTERNAL_ID                     = local.external_id
      DESTINATION_USER_POOL_ID        = local.pool_id
      DESTINATION_SCHEMA              = jsonencode({ for definition, names in local.names_by_definition : definition => sort(names) })
      DESTINATION_USERNAME_ATTRIBUTES = coalesce(join(",", sort(local.username_attributes)), "none")
      DESTINATION_CASE_SENSITIVE      = tostring(var.destination_case_sensitive)
      FORGOT_PASSWORD                 = var.forgot_password
      UNPROVEN_PASSWORD               = var.unproven_password
      MFA_POLICY                      = var.mfa_policy
    },
    # Lambda takes no empty value, so what is not set is absent.
    var.destination_alias_attributes == null ? {} : { DESTINATION_ALIAS_ATTRIBUTES = coalesce(join(",", coalesce(var.destination_alias_attributes, [])), "none") },
    length(var.attribute_exclude) == 0 ? {} : { ATTRIBUTE_EXCLUDE = local.attribute_exclude },
    length(var.attribute_map) == 0 ? {} : { ATTRIBUTE_MAP = local.attribute_map },
    local.stamp_environment,
  )

  # As JSON where a name has a comma, an equals sign or a blank at its end.
  attribute_exclude = anytrue([for name in var.attribute_exclude : can(regex(",|[ \\t\\n\\r]$", name))]) ? jsonencode(var.attribute_exclude) : join(",", var.attribute_exclude)
  attribute_map = anytrue([for name in concat(keys(var.attribute_map), values(var.attribute_map)) : can(regex("[,=]|[ \\t\\n\\r]$", name))]) ? jsonencode(var.attribute_map) : join(
    ",", [for from, to in var.attribute_map : "${from}=${to}"]
  )

  # The attributes that applications can write, by definition: type, limits ("-" for none), and whether sign-up demands it.
  # Constraints are text in the API: what is missing, null or no whole number is no limit. Each pool makes `sub` itself.
  names_by_definition = {
    for a in local.schema : join(" ", concat(
      [a.attribute_data_type],
      [try(regex("^-?[0-9]+$", a.attribute_data_type == "Number" ? a.number_attribute_constraints[0].min_value : a.string_attribute_constraints[0].min_length), "-")],
      [try(regex("^-?[0-9]+$", a.attribute_data_type == "Number" ? a.number_attribute_constraints[0].max_value : a.string_attribute_constraints[0].max_length), "-")],
      coalesce(a.required, false) && a.name != "sub" ? ["required"] : [],
    )) => a.name... if !coalesce(a.developer_only_attribute, false)
  }

  # As Lambda measures: the variables as JSON. Zeros stand in the place of the keys, which are only known when they have been made;
  # Terraform counts characters, and bytes only by way of Base64.
  environment_base64 = base64encode(jsonencode(merge(
    local.environment,
    { LOG_USER_KEY = format("%036d", 0) },
    local.stamps ? { STAMP_KEY = format("%072d", 0) } : {},
  )))
  environment_bytes = length(local.environment_base64) / 4 * 3 - length(regexall("=", local.environment_base64))

  # A misspelled rule does nothing, and lets the attribute through that was meant. Every user of every pool has a sub.
  missing_attributes = concat(
    [
      for name in values(var.attribute_map) : "attribute_map names ${name}, which the schema of ${local.pool_id} does not have. Add the attribute to the pool first."
      if !contains([for a in local.schema : a.name], name)
    ],
    [
      for name in var.attribute_exclude : "attribute_exclude names ${name}, which the schema of ${local.pool_id} does not have: it would stay behind anyway. Is another attribute meant?"
      if name != "sub" && !contains([for a in local.schema : a.name], name)
    ],
  )

  # https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
  partitions = {
    "cn-"      = "aws-cn"
    "us-gov-"  = "aws-us-gov"
    "eusc-"    = "aws-eusc"
    "us-iso-"  = "aws-iso"
    "us-isob-" = "aws-iso-b"
    "eu-isoe-" = "aws-iso-e"
    "us-isof-" = "aws-iso-f"
  }
  source_partition      = lookup(local.partitions, try(regex("^(?:cn|us-gov|eusc|us-iso[bf]?|eu-isoe)-", local.source_region), ""), "aws")
  destination_partition = lookup(local.partitions, try(regex("^(?:cn|us-gov|eusc|us-iso[bf]?|eu-isoe)-", local.region), ""), "aws")
}

# What is right alone, and wrong together, of the stamp, the groups and the event. Conditions of the variables would need Terraform 1.9.

locals {
  groups_are_off = var.groups_mode == "off"
  # What GROUPS does not name stays behind.
  unnamed_in_map    = [for name in keys(var.groups_map) : name if !contains(var.groups, name) && !contains(var.groups, "*")]
  unnamed_in_refuse = [for name in var.groups_or_refuse : name if !contains(var.groups, name) && !contains(var.groups, "*")]

  # A String of the right lengths, mutable and not required. What AWS does not say is no limit.
  can_hold_stamp = anytrue([
    for a in local.schema : a.attribute_data_type == "String" && try(tonumber(a.string_attribute_constraints[0].max_length) >= 2048, true) && try(tonumber(a.string_attribute_constraints[0].min_length) <= 128, true) && coalesce(a.mutable, true) && !coalesce(a.required, false)
    if a.name == var.stamp_attribute
  ])

  stamp_contradictions = [for message in concat(
    local.stamps ? [
      # Whoever reads the environment can sign, so nobody leaves it readable without knowing.
      var.lambda_kms_key_arn != null || var.stamp_key_readable != null ? null :
      "lambda_kms_key_arn: found null, expected a value, because migration_stamp is on; or stamp_key_readable = \"accept\", and whoever may read the function's configuration may read the key.",
      !contains(concat(keys(var.attribute_map), values(var.attribute_map)), var.stamp_attribute) ? null :
      "attribute_map: found ${jsonencode(var.attribute_map)}, expected no pair with ${var.stamp_attribute} in it, where the stamp is: its value is nobody else's.",
      ] : [
      # The default as such cannot be told from nothing.
      var.stamp_attribute == "custom:migration" ? null :
      "stamp_attribute: found ${jsonencode(var.stamp_attribute)}, expected nothing, because migration_stamp is off.",
      var.stamp_key_number == 1 ? null :
      "stamp_key_number: found ${var.stamp_key_number}, expected nothing, because migration_stamp is off.",
      var.stamp_key_readable == null ? null :
      "stamp_key_readable: found ${jsonencode(var.stamp_key_readable)}, expected nothing, because migration_stamp is off.",
      local.groups_are_off ? null :
      "migration_stamp: found \"off\", expected on, because groups_mode is ${var.groups_mode}.",
      var.migrated_event_bus_arn == null ? null :
      "migration_stamp: found \"off\", expected on, because migrated_event_bus_arn is set.",
    ],
    local.groups_are_off ? [
      length(var.groups) == 0 ? null :
      "groups: found ${jsonencode(var.groups)}, expected nothing, because groups_mode is off.",
      length(var.groups_map) == 0 ? null :
      "groups_map: found ${jsonencode(var.groups_map)}, expected nothing, because groups_mode is off.",
      length(var.groups_or_refuse) == 0 ? null :
      "groups_or_refuse: found ${jsonencode(var.groups_or_refuse)}, expected nothing, because groups_mode is off.",
      var.groups_window == "24h" ? null :
      "groups_window: found ${jsonencode(var.groups_window)}, expected nothing, because groups_mode is off.",
      ] : [
      length(var.groups) > 0 ? null :
      "groups: found [], expected a value, because groups_mode is ${var.groups_mode}.",
      length(local.unnamed_in_map) == 0 ? null :
      "groups_map: found ${jsonencode(var.groups_map)}, expected only groups that groups names (not ${join(", ", local.unnamed_in_map)}).",
      length(local.unnamed_in_refuse) == 0 ? null :
      "groups_or_refuse: found ${jsonencode(var.groups_or_refuse)}, expected only groups that groups names (not ${join(", ", local.unnamed_in_refuse)}).",
      # With the token alone it is over after groups_window, and what the group takes away would be there again.
      var.groups_mode == "token+member" || length(var.groups_or_refuse) == 0 ? null :
      "groups_mode: found ${jsonencode(var.groups_mode)}, expected token+member, because groups_or_refuse is set.",
    ],
    [
      try(split(":", var.lambda_kms_key_arn)[1] == local.partition && split(":", var.lambda_kms_key_arn)[3] == local.region, true) ? null :
      "lambda_kms_key_arn: found ${jsonencode(var.lambda_kms_key_arn)}, expected a key in partition ${local.partition} and Region ${local.region}, where the functions are.",
      try(split(":", var.migrated_event_bus_arn)[1] == local.partition && split(":", var.migrated_event_bus_arn)[3] == local.region, true) ? null :
      "migrated_event_bus_arn: found ${jsonencode(var.migrated_event_bus_arn)}, expected an event bus in partition ${local.partition} and Region ${local.region}, where the functions are.",
    ],
  ) : message if message != null]
}

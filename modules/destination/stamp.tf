# The keys of the stamp, and which groups travel. Without migration_stamp there is none of it.

locals {
  stamps = var.migration_stamp == "on"

  # One more than before makes a key beside the one that there is, which goes when there is one more again.
  key_number  = tostring(var.stamp_key_number)
  key_before  = tostring(var.stamp_key_number - 1)
  key_numbers = [for number in [local.key_before, local.key_number] : number if local.stamps && number != "0"]

  # Groups of the destination that somebody has named: one that gives an IAM role counts only so.
  named_groups = distinct([for name in var.groups : lookup(var.groups_map, name, name) if name != "*"])
  fillable_groups = sort([
    for group in try(coalesce(data.aws_cognito_user_groups.this[0].groups, []), []) : group.group_name
    if contains(local.named_groups, group.group_name) || contains(var.groups, "*") && (group.role_arn == null ? "" : group.role_arn) == ""
  ])

  stamp_environment = merge(
    local.stamps ? { STAMP_ATTRIBUTE = var.stamp_attribute } : {},
    length(var.groups) == 0 ? {} : { GROUPS = local.groups_text, DESTINATION_GROUPS = jsonencode(local.fillable_groups) },
    length(var.groups_map) == 0 ? {} : { GROUPS_MAP = local.groups_map_text },
    length(var.groups_or_refuse) == 0 ? {} : { GROUPS_OR_REFUSE = local.groups_or_refuse_text },
  )

  # As JSON where a name has a comma or an equals sign, or the text would begin as JSON does.
  groups_text           = can(regex("^\\[|,", join(" ", var.groups))) ? jsonencode(var.groups) : join(",", var.groups)
  groups_or_refuse_text = can(regex("^\\[|,", join(" ", var.groups_or_refuse))) ? jsonencode(var.groups_or_refuse) : join(",", var.groups_or_refuse)
  groups_map_text = can(regex("^\\{|[,=]", join(" ", flatten([for from, to in var.groups_map : [from, to]])))) ? jsonencode(var.groups_map) : join(
    ",", [for from, to in var.groups_map : "${from}=${to}"]
  )
}

# Read when Terraform plans: a group that is made later travels after the next apply.
data "aws_cognito_user_groups" "this" {
  count = length(var.groups) == 0 ? 0 : 1

  user_pool_id = local.pool_id
}

# Two UUIDs have 244 random bits. `triggers_replace` as for log_user_key.
resource "terraform_data" "stamp_key" {
  for_each = toset(local.key_numbers)

  triggers_replace = { key = sensitive("${uuid()}${uuid()}") }

  lifecycle {
    ignore_changes = [triggers_replace]
  }
}

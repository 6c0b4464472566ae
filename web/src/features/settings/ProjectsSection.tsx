import { Button } from "@mantine/core";
import { useState } from "react";

import { EmptyState } from "@/components/EmptyState";
import { DataTable } from "@/components/table/DataTable";
import { type Project, useProjects } from "@/features/projects/projects_data";
import { useHasScope } from "@/features/sign-in/me_data";
import { DeleteProject } from "./DeleteProject";
import { ProjectForm } from "./ProjectForm";
import { SettingsSection } from "./SettingsSection";
import { projectColumns } from "./project_columns";

/** The projects of spans and those created here. */
export function ProjectsSection() {
  const projects = useProjects();
  const canWrite = useHasScope("write");
  const [edited, setEdited] = useState<Project | "new" | null>(null);
  const [deleted, setDeleted] = useState<Project | null>(null);
  return (
    <SettingsSection
      about="Projects appear when a span names them. Add one here to give it a display name."
      query={projects}
      actions={canWrite && <Button onClick={() => setEdited("new")}>New project</Button>}
    >
      {({ data }) => (
        <>
          <DataTable
            id="projects"
            label="Projects"
            rows={data}
            columns={projectColumns({ onRename: setEdited, onDelete: setDeleted, canWrite })}
            rowId={({ id }) => id}
            maxHeight="65vh"
            empty={<EmptyState title="No projects yet" />}
          />
          {edited && <ProjectForm project={edited} onClose={() => setEdited(null)} />}
          {deleted && <DeleteProject project={deleted} onClose={() => setDeleted(null)} />}
        </>
      )}
    </SettingsSection>
  );
}
